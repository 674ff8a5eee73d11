import type { Refusal } from "@/lib/domain/change/plan";
import { named } from "@/lib/domain/change/words";
import type { TenantState } from "@/lib/domain/fleet";
import { formatCount } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { Growing } from "./room";

/** What the tier of the topic's only tenant allows: partitions of a topic, and of all its topics together. */
export function tierRefusals({ tenant, tier, topics }: TenantState, { cluster, topic, after, before }: Growing): Refusal[] {
  const { perTopicMax, totalMax } = tier.partitions ?? {};
  const refusals: Refusal[] = [];
  const link = { label: "Change its tier", href: paths.changeTenant(tenant.id, "tier") };
  if (perTopicMax !== undefined && after > perTopicMax) {
    const reason = `${formatCount(after)} partitions are asked for; ${tier.name} allows ${formatCount(perTopicMax)} a topic.`;
    refusals.push({ field: "count", reason, wayOut: `Choose ${formatCount(perTopicMax)} or fewer, or a tier that allows more.`, link });
  }
  const others = topics.filter((one) => one.owner.kind === "tenant" && !(one.clusterId === cluster.clusterId && one.topic === topic));
  // A topic whose partitions cannot be seen has at least one.
  const total = others.reduce((sum, { partitions }) => sum + (partitions ?? 1), after);
  if (totalMax !== undefined && total > totalMax) {
    const reason = `${named(tenant.name)} would have ${formatCount(total)} partitions in all its topics; ${tier.name} allows ${formatCount(totalMax)}.`;
    const most = Math.max(0, totalMax - (total - after));
    const wayOut = most > before ? `Choose ${formatCount(most)} or fewer, or a tier that allows more.` : "Choose a tier that allows more.";
    refusals.push({ field: "count", reason, wayOut, link });
  }
  return refusals;
}
