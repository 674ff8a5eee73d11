import { DECLARED_TOPIC_KEYS } from "@/lib/domain/change/declared-topic";
import type { ClusterFacts, PlanFacts } from "@/lib/domain/change/facts";
import type { Refusal } from "@/lib/domain/change/plan";
import { quotasRefusal } from "@/lib/domain/change/quotas/readable";
import { ownTopicsOf } from "@/lib/domain/change/resolve-scope";
import { listed } from "@/lib/domain/change/words";
import { quotaHolders } from "@/lib/domain/declared/quota-holders";
import type { TenantState } from "@/lib/domain/fleet";
import type { OverrideScope, OverrideSetting } from "@/lib/domain/override";
import { paths } from "@/lib/domain/paths";

type Ended = readonly { setting: OverrideSetting; on?: OverrideScope | undefined }[];

const TOPIC_SETTINGS: ReadonlySet<OverrideSetting> = new Set(Object.values(DECLARED_TOPIC_KEYS));
const AGAIN = "Try again in a moment.";

/**
 * Why overrides cannot end yet: what they declare could not be read. Without the override nothing would say any more that the value
 * which stays behind is not meant.
 */
export function unreadRefusals(state: TenantState, ended: Ended, facts: PlanFacts): Refusal[] {
  const clusters = new Set(state.tenant.placements.map(({ cluster }) => cluster));
  return [...clusters].flatMap((clusterId) => {
    const cluster = facts.clusters.get(clusterId);
    const here = ended.filter(({ on }) => on?.cluster === undefined || on.cluster === clusterId);
    return cluster === undefined || here.length === 0 ? [] : ofCluster(cluster, state, here, facts);
  });
}

function ofCluster(cluster: ClusterFacts, state: TenantState, ended: Ended, facts: PlanFacts): Refusal[] {
  const { clusterId, name, snapshot } = cluster;
  const link = { label: name, href: paths.cluster(clusterId) };
  const ofTopics = ended.filter(({ setting }) => TOPIC_SETTINGS.has(setting));
  const isRuled = quotaHolders(state.tenant).holders.some((holder) => holder.clusterId === clusterId);
  const refusals: Refusal[] = [];
  if (snapshot.metadata === null) {
    refusals.push({ field: null, reason: `The topics of ${name} were never read.`, wayOut: AGAIN, link });
  }
  if (isRuled && ofTopics.length < ended.length && cluster.quotasBy.by !== null) {
    const refusal = quotasRefusal(cluster);
    if (refusal !== null) refusals.push(refusal);
  }
  const unread = ownTopicsOf(state, facts).filter(
    (own) =>
      own.cluster === cluster &&
      !cluster.configs.has(own.topic) &&
      ofTopics.some(({ on }) => on?.topic === undefined || on.topic === own.topic),
  );
  if (unread.length > 0) {
    const reason = `The configuration of ${listed(unread.map(({ topic }) => topic))} on ${name} could not be read.`;
    refusals.push({ field: null, reason, wayOut: AGAIN, link });
  }
  return refusals;
}
