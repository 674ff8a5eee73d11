import { formatCount, formatCountOf } from "@/lib/domain/format";
import { ownerOfTopic } from "@/lib/domain/owner";
import { affects } from "./affected";
import type { PostureInput, Report } from "./posture";
import type { PartitionSample, TopicSample } from "./sample";

/** Partitions that must show one tenant each before a pattern is seen in them. */
const PARTITIONS_MIN = 3;
/** Records and batches a partition must show before it counts. */
const RECORDS_MIN = 3;
/** Half width of the 95 % interval, in standard errors. */
const Z = 1.96;

const RULES = ["partitioning.partition-per-tenant", "partitioning.client-side-encryption", "partitioning.missing-tenant-header"] as const;

/** How tenants are told apart inside topics, from samples; each finding says how much was read. */
export function partitioningFindings(input: PostureInput, report: Report): void {
  const { sample, connection } = input;
  if (connection?.samples === "off") {
    report.cannotSee(RULES, "Reading samples of records is turned off for this cluster.");
    return;
  }
  if (connection === null || connection.bootstrap.length === 0) {
    report.cannotSee(RULES, "The brokers of this cluster cannot be reached, so no record can be sampled.");
    return;
  }
  if (sample === null) {
    report.cannotSee(RULES, "No record has been sampled yet.");
    return;
  }
  for (const [topic, read] of sample.topics) {
    if (read.problem !== null && read.records === 0) report.seesPartly(RULES, `${topic} could not be sampled: ${read.problem}`);
    findPartitionPerTenant(input, topic, read, report);
    findMissing(input, topic, read, report);
    findEncryption(input, topic, read, report);
  }
}

function findPartitionPerTenant(
  { fleet, cluster }: PostureInput,
  topic: string,
  { partitions, records }: TopicSample,
  report: Report,
): void {
  const told = partitions.filter((one) => one.records >= RECORDS_MIN);
  const single = told.filter((one) => onlyIn(one) !== null);
  const distinct = new Set(single.map(onlyIn));
  const owners = ownerOfTopic(fleet.owners, cluster.clusterId, topic).tenantIds;
  // Few tenants in a sample of many partitions, or the same one in several, is how keys spread and no partition per tenant.
  if (single.length < PARTITIONS_MIN || single.length < told.length * 0.9 || distinct.size < single.length * 0.9) return;
  const total = fleet.topics.get(cluster.clusterId)?.get(topic)?.partitions ?? null;
  const tracks = total !== null && owners.length > 1 && Math.abs(total - owners.length) <= owners.length * 0.1;
  // Keys alone may be few for other reasons; only together with the number of tenants do they tell.
  if (!tracks && single.some(({ tenants }) => tenants.length === 0)) return;
  const confidence = tracks && single.length >= PARTITIONS_MIN * 2 ? "high" : "medium";
  const counts = total === null ? "" : ` It has ${formatCountOf(total, "partition")} for ${formatCountOf(owners.length, "tenant")}.`;
  report.find({
    rule: "partitioning.partition-per-tenant",
    severity: "warn",
    sentence: `In ${topic} each of ${formatCount(single.length)} sampled partitions holds one tenant of its own.${counts} Confidence: ${confidence}, from ${formatCountOf(records, "record")}.`,
    evidence: {
      topic,
      partitions: total,
      sampledPartitions: told.length,
      singleTenant: single.length,
      distinctTenants: distinct.size,
      records,
      confidence,
      ...affects(owners),
    },
    tenantId: null,
    subject: `topic ${topic}`,
  });
}

/** The one tenant of a partition, or else its one key; null: several. */
function onlyIn({ tenants, oneKey }: PartitionSample): string | null {
  if (tenants.length > 0) return tenants.length === 1 ? (tenants[0] ?? null) : null;
  return oneKey === null ? null : `key ${oneKey}`;
}

function findMissing({ fleet, cluster }: PostureInput, topic: string, read: TopicSample, report: Report): void {
  const { records, batches, withoutTenant, batchesWithoutTenant, contradicting, examples, headersWithout } = read;
  const wrong = withoutTenant + (contradicting ?? 0);
  const owners = ownerOfTopic(fleet.owners, cluster.clusterId, topic).tenantIds;
  if (wrong === 0 || records === 0 || owners.length < 2) return;
  const share = wrong / records;
  // Records of one batch come of one producer and are alike, so batches are what was drawn.
  const error = Z * Math.sqrt((share * (1 - share)) / Math.max(1, batches));
  const contradicts =
    contradicting !== null && contradicting > 0 ? `, ${formatCount(contradicting)} name another tenant in their payload` : "";
  const without = headersWithout.length === 0 ? "no headers at all" : `the headers ${headersWithout.slice(0, 5).join(", ")}`;
  report.find({
    rule: "partitioning.missing-tenant-header",
    severity: "warn",
    sentence: `${percent(share)} ± ${percent(error)} % of ${topic} do not say whose they are (${formatCount(withoutTenant)} of ${formatCountOf(records, "record")} sampled${contradicts}); those have ${without}.`,
    evidence: {
      topic,
      records,
      batches,
      withoutTenant,
      batchesWithoutTenant,
      contradicting,
      share,
      error,
      examples: examples.slice(0, 5).join(", "),
      ...affects(owners),
    },
    tenantId: null,
    subject: `topic ${topic}`,
  });
}

/** Shares of a sample are small; a tenth of a percent is what it can tell. */
function percent(share: number): string {
  return (share * 100).toFixed(1);
}

function findEncryption({ fleet, cluster }: PostureInput, topic: string, { keyHeaders, records }: TopicSample, report: Report): void {
  const owners = ownerOfTopic(fleet.owners, cluster.clusterId, topic).tenantIds;
  for (const header of keyHeaders) {
    // A key for each tenant: as many values as tenants, and no tenant with two. In a tenant's own topic one value says as much.
    const isPerTenant =
      header.tenants > 1
        ? header.values >= header.tenants * 0.9 && header.tenantsWithOneKey >= header.tenants * 0.9
        : owners.length === 1 && header.values > 0;
    if (!isPerTenant || header.records < records * 0.5) continue;
    const confidence = header.tenants > 2 ? "high" : "medium";
    report.find({
      rule: "partitioning.client-side-encryption",
      severity: "info",
      sentence: `${topic}: the header ${header.name} names ${formatCountOf(header.values, "key")} for ${formatCountOf(Math.max(1, header.tenants), "tenant")} (${confidence} confidence, ${formatCountOf(records, "record")} sampled, payloads not read for it). Kafka's tools, Connect and most libraries cannot read such records.`,
      evidence: {
        topic,
        header: header.name,
        keys: header.values,
        sampledTenants: header.tenants,
        records,
        confidence,
        ...affects(owners),
      },
      tenantId: owners.length === 1 ? (owners[0] ?? null) : null,
      subject: `topic ${topic}`,
    });
    return;
  }
}
