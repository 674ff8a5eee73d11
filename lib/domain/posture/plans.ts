import { exactSpan, typedWords } from "@/lib/domain/change/exact-words";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import { listPromise } from "@/lib/domain/promised";
import type { ConditionView } from "@/lib/domain/views/common";
import type { PostureFinding } from "@/lib/domain/views/posture";

type Plan = PostureFinding["plans"][number];
type Planner = (finding: ConditionView, fleet: FleetSnapshot) => Plan[];

const AS_TIER = typedWords("byteRate", "tier");

const PLANNERS: Record<string, Planner> = {
  "erasure.late": shorterRetention,
  "fairness.no-quota": quotaOfTier,
  "parallelism.idle-members": morePartitions,
  "drift.retention": (finding) => backToTier(finding, "retention"),
  "drift.message-size": (finding) => backToTier(finding, "message-size"),
};

/** Where what makes a finding good is a change: the forms for it, with the value and the reason filled in. Empty: it is none. */
export function plansOf(finding: ConditionView, fleet: FleetSnapshot): Plan[] {
  return PLANNERS[finding.rule]?.(finding, fleet) ?? [];
}

function shorterRetention({ clusterId, tenantId, evidence }: ConditionView): Plan[] {
  const { shorten, retentionMsAtMost, forgetWithinMs } = evidence;
  if (clusterId === null || typeof shorten !== "string" || typeof retentionMsAtMost !== "number") return [];
  const value = exactSpan(retentionMsAtMost);
  const within = typeof forgetWithinMs === "number" ? ` within ${exactSpan(forgetWithinMs)}` : "";
  const reason = `${tenantId ?? "A tenant"} has a right to be forgotten${within}`;
  return shorten
    .split(", ")
    .map((topic) => ({ href: paths.changeTopic(clusterId, topic, "retention", { value, reason }), words: `Keep ${topic} for ${value}` }));
}

/** Quotas follow from what the tier promises; of a promise that there is not, none can. */
function quotaOfTier({ tenantId, clusterId, evidence }: ConditionView, fleet: FleetSnapshot): Plan[] {
  const tier = tenantId === null ? undefined : fleet.tenants.get(tenantId)?.tier;
  const { directions } = evidence;
  if (tenantId === null || tier === undefined || typeof directions !== "string") return [];
  const asTier = (direction: "produce" | "consume") =>
    directions.includes(direction) && listPromise(tier, direction) !== null ? AS_TIER : undefined;
  const [value, consume] = [asTier("produce"), asTier("consume")];
  const reason = `No ${directions.replace(", ", " and ")} quota limits it on ${clusterId}, which it shares`;
  const filled = { reason, ...(value === undefined ? {} : { value }), ...(consume === undefined ? {} : { consume }) };
  return [
    {
      href: paths.changeTenant(tenantId, "quota", filled),
      words: value === undefined && consume === undefined ? "Set quotas" : `Set quotas as ${tier.name} promises`,
    },
  ];
}

/** Members beyond the partitions read nothing; of several topics it is not known which should grow. */
function morePartitions({ clusterId, subject, evidence }: ConditionView, fleet: FleetSnapshot): Plan[] {
  const groupId = subject.replace(/^group /, "");
  const [topic, ...others] = clusterId === null ? [] : (fleet.groups.get(clusterId)?.get(groupId)?.topics ?? []);
  const { members } = evidence;
  if (clusterId === null || topic === undefined || others.length > 0 || typeof members !== "number") return [];
  const reason = `${groupId} has ${members} members`;
  const href = paths.changeTopic(clusterId, topic, "partitions", { value: String(members), reason });
  return [{ href, words: `Give ${topic} ${formatCountOf(members, "partition")}` }];
}

function backToTier({ tenantId, clusterId }: ConditionView, what: "retention" | "message-size"): Plan[] {
  if (tenantId === null) return [];
  const reason = `Live differs from what is declared${clusterId === null ? "" : ` on ${clusterId}`}`;
  return [{ href: paths.changeTenant(tenantId, what, { value: AS_TIER, reason }), words: "Bring back what is declared" }];
}
