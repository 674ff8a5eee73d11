import { QUOTA_KEYS, type QuotaEntity } from "@/lib/domain/facts";
import { entityWords } from "@/lib/domain/quota/rule-reach";
import type { QuotaWrite, WriteAnswer, WriteOptions } from "@/lib/domain/writes";
import type { BrokerSet } from "./link/broker-set";
import { ALTER_CLIENT_QUOTAS } from "./protocol/operations";
import { type WriteCall, writeItems } from "./write-items";

type Version = (typeof ALTER_CLIENT_QUOTAS)["versions"][number];
type Request = Parameters<Version["createRequest"]>;
type Part = Request[0][number]["entities"][number];
type Operation = Request[0][number]["ops"][number];

const CALL: WriteCall<QuotaWrite, Request, ReturnType<Version["parse"]>> = {
  operation: ALTER_CLIENT_QUOTAS,
  itemsPerRequest: 200,
  // Values are set, never added to.
  repeatable: true,
  keyOf: ({ entity }) => keyOf(partsOf(entity)),
  nameOf: entityWords,
  request: (writes, validateOnly) => [
    writes.map(({ entity, values }) => ({ entities: partsOf(entity), ops: operationsOf(values) })),
    validateOnly,
  ],
  results: ({ entries }) =>
    entries.map(({ entity, errorCode, errorMessage }) => ({ key: keyOf(entity), errorCode, sentence: errorMessage })),
};

/**
 * Changes these keys of quota rules and no others (KIP-546); the keys of one rule are taken all or none, and a rule without keys is
 * gone. Needs ALTER_CONFIGS on the cluster.
 */
export function alterQuotas(brokers: BrokerSet, writes: readonly QuotaWrite[], options: WriteOptions): Promise<WriteAnswer[]> {
  return writeItems(brokers, CALL, writes, options);
}

/** A name of null is Kafka's default entity, as in our own words. */
function partsOf({ user, clientId, ip }: QuotaEntity): Part[] {
  const parts: Part[] = [];
  if (user !== undefined) parts.push({ entityType: "user", entityName: user });
  if (clientId !== undefined) parts.push({ entityType: "client-id", entityName: clientId });
  if (ip !== undefined) parts.push({ entityType: "ip", entityName: ip });
  return parts;
}

/** The same for the same entity, in whichever order its parts come. */
function keyOf(parts: readonly Part[]): string {
  const named = new Map(parts.map(({ entityType, entityName }) => [entityType, entityName ?? null]));
  return JSON.stringify((["user", "client-id", "ip"] as const).map((type) => (named.has(type) ? [named.get(type)] : [])));
}

function operationsOf(values: QuotaWrite["values"]): Operation[] {
  return QUOTA_KEYS.flatMap((key): Operation[] => {
    const value = values[key];
    if (value === undefined) return [];
    return value === null ? [{ key, remove: true }] : [{ key, value, remove: false }];
  });
}
