import type { MskKind } from "./msk-facts";

/** The post's three isolation models. A tenant placed under several is `mixed`, and counted once. */
export const MODELS = ["pool", "bridge", "silo"] as const;
export type Model = (typeof MODELS)[number];
export type TenantModel = Model | "mixed" | "unplaced";

export type Verdict = "yes" | "no" | "conditional";

export const CAPABILITY_IDS = [
  "own-encryption-key",
  "right-to-be-forgotten",
  "own-retention",
  "own-message-size",
  "own-replay",
  "data-partitioning",
  "selective-subscription",
  "selective-scaling",
  "fairness",
  "access-isolation",
  "running-cost",
  "operational-effort",
] as const;
export type CapabilityId = (typeof CAPABILITY_IDS)[number];

export interface Cell {
  verdict: Verdict;
  /** One to three words for a glance: "by file", "quotas". */
  word: string;
  /** One sentence why. */
  why: string;
  /** What it means on a kind of MSK cluster, where that differs. Kinds that are absent are as the cell says. */
  kinds?: Partial<Record<MskKind, { verdict: Verdict; note: string }>>;
}

export interface Capability {
  id: CapabilityId;
  dimension: "control per tenant" | "data partitioning" | "performance fairness" | "tenant isolation" | "cost";
  name: string;
  cells: Record<Model, Cell>;
}

/** What a model allows on a kind of cluster; null: on clusters as such. */
export function cellOn({ cells }: Capability, model: Model, kind: MskKind | null): { verdict: Verdict; why: string } {
  const cell = cells[model];
  const special = kind === null ? undefined : cell.kinds?.[kind];
  return special === undefined ? cell : { verdict: special.verdict, why: special.note };
}

export function capabilityOf(id: CapabilityId): Capability {
  const found = CAPABILITIES.find((capability) => capability.id === id);
  if (found === undefined) throw new Error(`The matrix has no row "${id}".`);
  return found;
}

const yes = (why: string, word = "yes", kinds?: Cell["kinds"]): Cell => cell("yes", word, why, kinds);
const no = (why: string, word = "no", kinds?: Cell["kinds"]): Cell => cell("no", word, why, kinds);
const conditional = (why: string, word: string, kinds?: Cell["kinds"]): Cell => cell("conditional", word, why, kinds);

function cell(verdict: Verdict, word: string, why: string, kinds: Cell["kinds"]): Cell {
  return kinds === undefined ? { verdict, word, why } : { verdict, word, why, kinds };
}

const SHARED_TOPIC = "Topics are shared: a setting of the topic is a setting of every tenant in it.";
const OWN_TOPIC = "The tenant has topics of its own.";
const SHARED_KEY = "A cluster has one key, and its tenants share the cluster.";
const SIZE_8_MIB: Cell["kinds"] = {
  serverless: { verdict: "yes", note: "Per topic, up to 8 MiB: the broker's own bound cannot be raised." },
};
const NO_QUOTAS = "Serverless has no client quotas; only the cluster's own limits hold.";
const IAM_ONLY = "Serverless signs in by IAM alone: policies on the tenant's topics, no ACLs.";

/**
 * What each isolation model allows. The first five rows are the summary table of the AWS post "Stream multi-tenant data with
 * Amazon MSK" and agree with it in meaning. Forms, the comparison and the advisor read this one table. What differs by kind of cluster
 * is from AWS's pages on encryption, quotas and topic configuration of Standard, Express and Serverless.
 */
export const CAPABILITIES: readonly Capability[] = [
  {
    id: "own-encryption-key",
    dimension: "control per tenant",
    name: "Encryption at rest per tenant",
    cells: {
      pool: no(SHARED_KEY),
      bridge: no(SHARED_KEY),
      silo: yes("Each tenant has a cluster, and with it a key, of its own.", "yes", {
        standard: { verdict: "yes", note: "The KMS key is chosen when the cluster is created, and cannot be changed later." },
        express: { verdict: "yes", note: "The KMS key is chosen when the cluster is created, and cannot be changed later." },
        serverless: { verdict: "no", note: "Serverless encrypts with a key of AWS; a key of your own cannot be given." },
      }),
    },
  },
  {
    id: "right-to-be-forgotten",
    dimension: "control per tenant",
    name: "Right to be forgotten for one tenant",
    cells: {
      pool: no("Records of one tenant cannot be deleted from a shared topic."),
      bridge: yes("The tenant's topics can be deleted."),
      silo: yes("The tenant's topics, or its whole cluster, can be deleted."),
    },
  },
  {
    id: "own-retention",
    dimension: "control per tenant",
    name: "Retention per tenant",
    cells: { pool: no(SHARED_TOPIC), bridge: yes(OWN_TOPIC), silo: yes(OWN_TOPIC) },
  },
  {
    id: "own-message-size",
    dimension: "control per tenant",
    name: "Event size limit per tenant",
    cells: { pool: no(SHARED_TOPIC), bridge: yes(OWN_TOPIC, "yes", SIZE_8_MIB), silo: yes(OWN_TOPIC, "yes", SIZE_8_MIB) },
  },
  {
    id: "own-replay",
    dimension: "control per tenant",
    name: "Replay per tenant",
    cells: {
      pool: conditional("A replay reads everybody's records; consumers must skip those of other tenants.", "in consumers"),
      bridge: yes("Offsets of the tenant's topics can be reset alone."),
      silo: yes("Offsets of the tenant's topics can be reset alone."),
    },
  },
  {
    id: "data-partitioning",
    dimension: "data partitioning",
    name: "Data partitioning",
    cells: {
      pool: no("Tenants share files.", "none"),
      bridge: conditional("By file: each topic has its own, on volumes that all tenants share.", "by file", {
        serverless: { verdict: "conditional", note: "By topic: AWS shows neither files nor volumes." },
      }),
      silo: conditional("By disk on provisioned clusters; serverless shows no disks.", "by disk", {
        standard: { verdict: "yes", note: "By disk: the volumes of the cluster's brokers hold this tenant alone." },
        express: { verdict: "yes", note: "By cluster: its storage holds this tenant alone, on volumes that AWS manages." },
        serverless: { verdict: "no", note: "Not by disk: AWS shares its storage among clusters and does not show it." },
      }),
    },
  },
  {
    id: "selective-subscription",
    dimension: "data partitioning",
    name: "Selective subscription by tenant",
    cells: {
      pool: no("A consumer of the topic receives every tenant's records."),
      bridge: yes("Consumers subscribe to the topics of the tenants they serve."),
      silo: yes("Consumers connect to the tenant's cluster."),
    },
  },
  {
    id: "selective-scaling",
    dimension: "data partitioning",
    name: "Selective scaling (partitions)",
    cells: {
      pool: no("Partitions are added for all tenants at once."),
      bridge: yes("Partitions are set per topic, and so per tenant.", "per topic", {
        serverless: { verdict: "yes", note: "Per topic, within the 2,400 leader partitions of the cluster." },
      }),
      silo: yes("Partitions and brokers are the tenant's own.", "yes", {
        serverless: { verdict: "yes", note: "Partitions are the tenant's own; there are no brokers to size." },
      }),
    },
  },
  {
    id: "fairness",
    dimension: "performance fairness",
    name: "Performance fairness",
    cells: {
      pool: conditional("Not by topic; only if the tenants' clients have identities of their own to set quotas on.", "by identity", {
        serverless: { verdict: "no", note: NO_QUOTAS },
      }),
      bridge: yes("By Kafka quotas on the tenant's principals.", "quotas", {
        express: { verdict: "yes", note: "By Kafka quotas, beside the throughput limit of the broker's own size." },
        serverless: { verdict: "no", note: NO_QUOTAS },
      }),
      silo: yes("By dedication; quotas are optional.", "dedicated", {
        serverless: { verdict: "yes", note: "By dedication, within the cluster's own limits; quotas cannot be set." },
      }),
    },
  },
  {
    id: "access-isolation",
    dimension: "tenant isolation",
    name: "Tenant isolation",
    cells: {
      pool: conditional("Only the application's own code keeps tenants apart.", "application"),
      bridge: yes("By IAM policies or ACLs on the tenant's topic prefix.", "per topic", { serverless: { verdict: "yes", note: IAM_ONLY } }),
      silo: yes("By IAM policies or credentials of the tenant's cluster.", "per cluster", {
        serverless: { verdict: "yes", note: "Serverless signs in by IAM alone: policies on the tenant's cluster." },
      }),
    },
  },
  {
    id: "running-cost",
    dimension: "cost",
    name: "Low running cost",
    cells: {
      pool: yes("The lowest: everything is shared.", "lowest"),
      bridge: yes("Low: the cluster is shared.", "low", {
        serverless: { verdict: "yes", note: "Low, but each partition-hour is billed: a tenant's topics cost while they are idle." },
      }),
      silo: no("The highest: each cluster must be sized to its tenant.", "highest", {
        express: { verdict: "no", note: "The highest: at least three brokers of Express for each tenant." },
        serverless: { verdict: "no", note: "High: each cluster-hour is billed, but nothing has to be sized." },
      }),
    },
  },
  {
    id: "operational-effort",
    dimension: "cost",
    name: "Low operational effort",
    cells: {
      pool: yes("The lowest: one set of topics.", "lowest"),
      bridge: conditional("Medium: topics, rules and quotas for each tenant.", "medium"),
      silo: no("The highest: tooling is duplicated for each tenant.", "highest", {
        serverless: { verdict: "no", note: "Nothing to size or patch, but tooling and credentials are duplicated for each tenant." },
      }),
    },
  },
];
