import { formatByteRate, formatCountOf } from "@/lib/domain/format";
import { listPromise, promisedOn } from "@/lib/domain/promised";
import { affects } from "./affected";
import { type PostureInput, type Report, tenantsOn } from "./posture";

/** Bytes a partition takes at most, as AWS publishes it; Standard has no such number. */
const PARTITION_BYTES = { express: 15_000_000, serverless: 5_000_000 } as const;

/** Whether there are as many partitions as are needed: for the members of groups, and for what is promised. */
export function parallelismFindings(input: PostureInput, report: Report): void {
  findIdleMembers(input, report);
  findCaps(input, report);
}

function findIdleMembers({ fleet, cluster, sample }: PostureInput, report: Report): void {
  if (sample === null) {
    report.cannotSee(["parallelism.idle-members"], "The members of groups have not been counted yet.");
    return;
  }
  const topics = fleet.topics.get(cluster.clusterId);
  for (const [groupId, { members, idle }] of sample.members) {
    const group = fleet.groups.get(cluster.clusterId)?.get(groupId);
    const counts = group?.topics.map((topic) => topics?.get(topic)?.partitions ?? null) ?? [];
    if (group === undefined || counts.length === 0 || counts.includes(null)) continue;
    const partitions = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    // Nobody without a partition: it reads topics besides that it has not committed to yet.
    if (members <= partitions || idle === 0) continue;
    const without = idle ?? members - partitions;
    const tenantId = group.owner.kind === "tenant" ? group.owner.tenantId : null;
    report.find({
      rule: "parallelism.idle-members",
      severity: "info",
      sentence: `${groupId} has ${formatCountOf(members, "member")} for ${formatCountOf(partitions, "partition")}: ${without} of them ${without === 1 ? "reads" : "read"} nothing.`,
      evidence: { members, partitions, idle, ...affects(tenantId === null ? [] : [tenantId]) },
      tenantId,
      subject: `group ${groupId}`,
    });
  }
}

function findCaps(input: PostureInput, report: Report): void {
  const { cluster } = input;
  const kind = cluster.msk?.cluster.kind;
  if (kind !== "express" && kind !== "serverless") {
    const isPromised = tenantsOn(input).some(({ tier }) => listPromise(tier, "produce") !== null);
    if (isPromised)
      report.cannotSee(["parallelism.partition-cap"], "What a partition can carry is published for Express and serverless alone.");
    return;
  }
  const each = PARTITION_BYTES[kind];
  for (const { tenant, tier, topics } of tenantsOn(input)) {
    const promised = promisedOn(tenant, cluster.clusterId, listPromise(tier, "produce"));
    const own = topics.filter(({ clusterId, owner }) => clusterId === cluster.clusterId && owner.kind === "tenant");
    const counts = own.map(({ partitions }) => partitions);
    if (promised === null || counts.length === 0 || counts.includes(null)) continue;
    const partitions = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    if (partitions * each >= promised) continue;
    report.find({
      rule: "parallelism.partition-cap",
      severity: "warn",
      sentence: `${formatCountOf(partitions, "partition")} of ${formatByteRate(each)} each carry ${formatByteRate(partitions * each)}, and ${formatByteRate(promised)} are promised.`,
      evidence: { partitions, partitionBytesPerSecond: each, promisedBytesPerSecond: promised, ...affects([tenant.id]) },
      tenantId: tenant.id,
      subject: "produce",
    });
  }
}
