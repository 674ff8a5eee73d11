import { pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import {
  alterClientQuotasV1,
  alterUserScramCredentialsV0,
  Connection,
  createAclsV3,
  createTopicsV7,
  deleteAclsV3,
  deleteTopicsV6,
  incrementalAlterConfigsV1,
} from "@platformatic/kafka";
import type { AclRule } from "./acls";
import { wireAcl } from "./acls";
import { brokerPid } from "./broker";
import { passwordOf } from "./secrets";
import type { Cluster, Sandbox } from "./topology";
import { PORTS } from "./topology";

const TOPIC_ALREADY_EXISTS = 36;
const UNKNOWN_TOPIC = 3;
const RESOURCE_NOT_FOUND = 91;
const SCRAM_SHA_512 = 2;
const ITERATIONS = 4096;
const TOPIC_RESOURCE = 2;
const TIMEOUT_MS = 30_000;

export interface TopicSpec {
  name: string;
  partitions: number;
  /** Absent: the cluster's default, three on three brokers. */
  replicas?: number;
  /** Broker ids per partition, the first being the preferred leader; then `replicas` says nothing. */
  assignments?: number[][];
  configs?: Record<string, string | number>;
}

/** Who a quota is for; a name of null is Kafka's default entity. */
export interface QuotaEntity {
  user?: string | null;
  clientId?: string | null;
}

export type QuotaKey = "producer_byte_rate" | "consumer_byte_rate" | "request_percentage" | "controller_mutation_rate";

export interface QuotaSpec {
  entity: QuotaEntity;
  /** Null removes the rule. */
  limits: Partial<Record<QuotaKey, number | null>>;
}

/** What seeds and tests set up, over one persistent connection as the brokers' super user. Every call may be repeated. */
export interface SandboxAdmin {
  /** Topics that exist already stay as they are. */
  createTopics(topics: TopicSpec[]): Promise<void>;
  deleteTopics(names: string[]): Promise<void>;
  /** Null takes the override away. */
  setTopicConfigs(topic: string, configs: Record<string, string | number | null>): Promise<void>;
  /** SCRAM users with the passwords of the sandbox's `secrets` folder. */
  createUsers(names: string[]): Promise<void>;
  /** Takes their credentials away; who has none stays so. */
  deleteUsers(names: string[]): Promise<void>;
  allow(rules: AclRule[]): Promise<void>;
  /** Takes exactly these rules away. */
  disallow(rules: AclRule[]): Promise<void>;
  setQuotas(quotas: QuotaSpec[]): Promise<void>;
  close(): Promise<void>;
}

/** Connects to the first broker of the cluster that runs; brokers pass writes on to the controller. */
export async function openAdmin(sandbox: Sandbox, cluster: Cluster): Promise<SandboxAdmin> {
  const node = cluster.nodes.find((candidate) => brokerPid(candidate) !== null);
  if (node === undefined) throw new Error(`no broker of ${cluster.id} is running`);
  const connection = new Connection("sandbox-admin", { connectTimeout: 10_000, requestTimeout: TIMEOUT_MS });
  connection.on("error", () => undefined);
  await connection.connect(node.host, PORTS.internal);
  return {
    createTopics: (topics) => createTopics(connection, topics),
    deleteTopics: (names) => deleteTopics(connection, names),
    setTopicConfigs: (topic, configs) => setTopicConfigs(connection, topic, configs),
    createUsers: (names) => createUsers(sandbox, connection, names),
    deleteUsers: async (names) => {
      const credentials = names.map((name) => ({ name, mechanism: SCRAM_SHA_512 }));
      await tolerating(RESOURCE_NOT_FOUND, alterUserScramCredentialsV0.api.async(connection, credentials, []));
    },
    allow: async (rules) => {
      for (const some of chunks(rules, 500)) await createAclsV3.api.async(connection, some.map(wireAcl));
    },
    disallow: async (rules) => {
      for (const some of chunks(rules, 500)) await deleteAclsV3.api.async(connection, some.map(wireAcl));
    },
    setQuotas: (quotas) => setQuotas(connection, quotas),
    close: () => connection.close(),
  };
}

async function createTopics(connection: Connection, topics: TopicSpec[]): Promise<void> {
  for (const some of chunks(topics, 250)) {
    const wire = some.map(({ name, partitions, replicas, assignments, configs }) => ({
      name,
      numPartitions: assignments === undefined ? partitions : -1,
      replicationFactor: assignments === undefined ? (replicas ?? -1) : -1,
      assignments: (assignments ?? []).map((brokerIds, partitionIndex) => ({ partitionIndex, brokerIds })),
      configs: Object.entries(configs ?? {}).map(([key, value]) => ({ name: key, value: String(value) })),
    }));
    await tolerating(TOPIC_ALREADY_EXISTS, createTopicsV7.api.async(connection, wire, TIMEOUT_MS, false));
  }
}

async function deleteTopics(connection: Connection, names: string[]): Promise<void> {
  for (const some of chunks(names, 500)) {
    const wire = some.map((name) => ({ name }));
    await tolerating(UNKNOWN_TOPIC, deleteTopicsV6.api.async(connection, wire, TIMEOUT_MS));
  }
}

async function setTopicConfigs(connection: Connection, topic: string, configs: Record<string, string | number | null>): Promise<void> {
  const wire = Object.entries(configs).map(([name, value]) =>
    value === null ? { name, configOperation: 1 as const } : { name, configOperation: 0 as const, value: String(value) },
  );
  await incrementalAlterConfigsV1.api.async(connection, [{ resourceType: TOPIC_RESOURCE, resourceName: topic, configs: wire }], false);
}

async function createUsers(sandbox: Sandbox, connection: Connection, names: string[]): Promise<void> {
  const salted = await Promise.all(
    names.map(async (name) => {
      const salt = randomBytes(16);
      const saltedPassword = await promisify(pbkdf2)(passwordOf(sandbox, name), salt, ITERATIONS, 64, "sha512");
      return { name, mechanism: SCRAM_SHA_512, iterations: ITERATIONS, salt, saltedPassword };
    }),
  );
  await alterUserScramCredentialsV0.api.async(connection, [], salted);
}

async function setQuotas(connection: Connection, quotas: QuotaSpec[]): Promise<void> {
  const entries = quotas.map(({ entity, limits }) => ({
    entities: [
      ...(entity.user === undefined ? [] : [{ entityType: "user" as const, entityName: entity.user }]),
      ...(entity.clientId === undefined ? [] : [{ entityType: "client-id" as const, entityName: entity.clientId }]),
    ],
    ops: (Object.entries(limits) as [QuotaKey, number | null][]).map(([key, value]) =>
      value === null ? { key, remove: true as const } : { key, value, remove: false as const },
    ),
  }));
  for (const some of chunks(entries, 500)) await alterClientQuotasV1.api.async(connection, some, false);
}

/** The client rejects when any item has an error code; the answer with all of them is inside the error. */
async function tolerating(code: number, call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    const items = itemsOf(error);
    if (items === null || items.some((item) => item.errorCode !== 0 && item.errorCode !== code)) throw described(error, items);
  }
}

interface Item {
  name?: string | null;
  errorCode: number;
  errorMessage?: string | null;
}

function itemsOf(error: unknown): Item[] | null {
  const { response } = error as { response?: { topics?: Item[]; responses?: Item[]; results?: Item[] } };
  return response?.topics ?? response?.responses ?? response?.results ?? null;
}

function described(error: unknown, items: Item[] | null): unknown {
  const bad = items?.find((item) => item.errorCode !== 0);
  return bad === undefined ? error : new Error(`${bad.name}: ${bad.errorMessage ?? `error ${bad.errorCode}`}`, { cause: error });
}

function chunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
