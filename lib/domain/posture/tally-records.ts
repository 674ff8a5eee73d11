import type { RecordFact } from "@/lib/domain/facts";
import { namedBy, type RecordTenant, recordJson, recordText } from "@/lib/domain/record-tenant";
import type { PartitionSample, TopicSample } from "./sample";

export interface TallyInput {
  at: string;
  records: readonly RecordFact[];
  /** How a record is meant to name its tenant; null: nobody declared it. */
  record: RecordTenant | null;
  /** The tenant that a value names; null: none that is known. */
  tenantOf: (value: string) => string | null;
  problem: string | null;
}

/** Headers that hold the id of an encryption key, by the names that libraries and people give them. */
const KEY_HEADER = /(^|[-_.])(key[-_.]?id|kid|kms|kek|dek|cmk)([-_.]|$)|enc(ryption)?[-_.]?key/i;
/** Stands for every value that no tenant has. */
export const UNKNOWN_TENANT = "?";
const TENANTS_KEPT = 10;
const EXAMPLES_KEPT = 5;
/** Payloads that are parsed to compare them with the header, of all records alike. */
const PAYLOADS_LOOKED_AT = 200;

/** Counts a sample. Payloads, keys and header values are looked at here and not kept, but for the ids of tenants. */
export function tallyRecords(input: TallyInput): TopicSample {
  const { at, records, problem } = input;
  const without = records.filter((record) => isWithout(record, input));
  return {
    at,
    records: records.length,
    batches: batchesOf(records),
    bytes: records.reduce((sum, { key, value }) => sum + (key?.length ?? 0) + (value?.length ?? 0), 0),
    partitions: [...Map.groupBy(records, ({ partition }) => partition)].map(([partition, own]) => partitionSample(partition, own, input)),
    withoutTenant: without.length,
    batchesWithoutTenant: batchesOf(without),
    contradicting: contradicting(input),
    headersWithout: [...new Set(without.flatMap(({ headers }) => headers.map(({ name }) => name)))].slice(0, TENANTS_KEPT),
    examples: without.slice(0, EXAMPLES_KEPT).map(({ partition, offset }) => `${partition}/${offset}`),
    keyHeaders: keyHeaders(input),
    problem,
  };
}

function batchesOf(records: readonly RecordFact[]): number {
  return new Set(records.map(({ partition, batchBaseOffset }) => `${partition}/${batchBaseOffset}`)).size;
}

/** Only where records are meant to name a tenant can one be without. */
function isWithout(record: RecordFact, { record: way }: TallyInput): boolean {
  return way !== null && (namedBy(record, way) ?? "") === "";
}

/** Whose a record is: the tenant it names; null: it names none. A name that no tenant has is UNKNOWN_TENANT. */
export function tenantOfRecord(record: RecordFact, way: RecordTenant, tenantOf: (value: string) => string | null): string | null {
  const value = namedBy(record, way);
  return value === null || value === "" ? null : (tenantOf(value) ?? UNKNOWN_TENANT);
}

function partitionSample(partition: number, records: readonly RecordFact[], { record: way, tenantOf }: TallyInput): PartitionSample {
  const tenants = new Set<string>();
  for (const record of records) {
    const value = way === null ? null : namedBy(record, way);
    if (value !== null && value !== "") tenants.add(tenantOf(value) ?? UNKNOWN_TENANT);
  }
  const [first, ...otherKeys] = new Set(records.map(({ key }) => recordText(key)));
  return {
    partition,
    records: records.length,
    batches: batchesOf(records),
    tenants: [...tenants].slice(0, TENANTS_KEPT),
    oneKey: otherKeys.length > 0 || first === undefined || first === null ? null : markOf(first),
  };
}

/** Records whose payload names another tenant than their header does; null: no payload had a field of that name. */
function contradicting({ records, record: way, tenantOf }: TallyInput): number | null {
  if (way === null || !("header" in way)) return null;
  const wanted = plain(way.header);
  let told = 0;
  let against = 0;
  const every = Math.ceil(records.length / PAYLOADS_LOOKED_AT);
  for (const record of records.filter((_, at) => at % every === 0)) {
    const header = namedBy(record, way);
    const payload = recordJson(record.value);
    if (header === null || typeof payload !== "object" || payload === null) continue;
    const field = Object.entries(payload).find(([name]) => plain(name) === wanted || plain(name) === "tenant")?.[1];
    if (typeof field !== "string") continue;
    told += 1;
    if (field !== header && tenantOf(field) !== tenantOf(header)) against += 1;
  }
  return told === 0 ? null : against;
}

function keyHeaders(input: TallyInput): TopicSample["keyHeaders"] {
  const { records, record: way, tenantOf } = input;
  const names = new Set(records.flatMap(({ headers }) => headers.map(({ name }) => name)).filter((name) => KEY_HEADER.test(name)));
  return [...names].slice(0, TENANTS_KEPT).map((name) => {
    const keys = new Set<string>();
    const keysByTenant = new Map<string, Set<string>>();
    let count = 0;
    for (const record of records) {
      const key = recordText(record.headers.find((header) => header.name === name)?.value ?? null);
      if (key === null) continue;
      count += 1;
      keys.add(key);
      const value = way === null ? null : namedBy(record, way);
      const tenant = value === null ? null : tenantOf(value);
      if (tenant !== null) keysByTenant.set(tenant, (keysByTenant.get(tenant) ?? new Set()).add(key));
    }
    const tenantsWithOneKey = [...keysByTenant.values()].filter(({ size }) => size === 1).length;
    return { name, records: count, values: keys.size, tenants: keysByTenant.size, tenantsWithOneKey };
  });
}

/** `tenant-id`, `tenantId` and `tenant_id` are one name. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** A short mark that tells keys apart without holding them. */
function markOf(key: string): string {
  let hash = 2166136261;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 16777619);
  return (hash >>> 0).toString(36);
}
