import { consequence } from "@/lib/domain/change/draft";
import type { Consequence } from "@/lib/domain/change/plan";
import { named } from "@/lib/domain/change/words";
import { publishedCapacity } from "@/lib/domain/cloud/msk-limits";
import { formatByteRate, formatSetRate } from "@/lib/domain/format";
import type { TenantRules } from "./rule-changes";

/** Whether a cluster takes what raised quotas let through, as far as AWS publishes what it takes. */
export function capacityConsequences(tenants: readonly TenantRules[]): Consequence[] {
  const raised = new Map<string, { name: string; ceiling: number | null; change: TenantRules["changes"][number] }>();
  for (const { changes } of tenants) {
    for (const change of changes) {
      const { operation, cluster, before, after, brokersLeading } = change;
      if (operation.target.key !== "producer_byte_rate" || (after !== null && (before === null || after <= before))) continue;
      const ceiling = after === null || brokersLeading === null ? null : after * brokersLeading;
      const known = raised.get(cluster.clusterId);
      const most = known === undefined ? ceiling : known.ceiling === null || ceiling === null ? null : Math.max(known.ceiling, ceiling);
      raised.set(cluster.clusterId, { name: cluster.name, ceiling: most, change });
    }
  }
  return [...raised.values()].flatMap(({ name, ceiling, change }) => capacityOf(name, ceiling, change));
}

function capacityOf(name: string, ceiling: number | null, { cluster }: TenantRules["changes"][number]): Consequence[] {
  const { clusterId, snapshot } = cluster;
  const capacity = snapshot.msk === null ? null : publishedCapacity(snapshot.msk.cluster);
  if (capacity === null) {
    const type = cluster.instanceType === null ? "its brokers" : `brokers of ${cluster.instanceType}`;
    const sentence = `What ${named(name)} can carry is not known, because nobody publishes it for ${type}: whether there is room for more cannot be said.`;
    return [consequence({ class: "unseen", sentence, clusterId })];
  }
  if (ceiling !== null && ceiling <= capacity.bytesPerSecond) return [];
  const most =
    ceiling === null ? "Without a limit one tenant can take more" : `One tenant can then send up to ${formatSetRate(ceiling)}, more`;
  const sentence = `${most} than ${named(name)} takes in all: ${formatByteRate(capacity.bytesPerSecond)}.`;
  return [consequence({ class: "room", sentence, detail: capacity.note, clusterId })];
}
