import type { PlanFacts } from "@/lib/domain/change/facts";
import type { LeftOut } from "@/lib/domain/change/plan";
import { quotasRefusal } from "@/lib/domain/change/quotas/readable";
import { ownTopicsOf } from "@/lib/domain/change/resolve-scope";
import { listed } from "@/lib/domain/change/words";
import { quotaHolders } from "@/lib/domain/declared/quota-holders";
import { paths } from "@/lib/domain/paths";
import { clustersOf, type DriftingTenant } from "./live-drift";

/** Of what could not be read it is not known whether it drifts. */
export function unreadNotes({ state, basis }: DriftingTenant, facts: PlanFacts): LeftOut[] {
  const { id, name } = basis.tenant;
  const ruled = new Set(quotaHolders(basis.tenant).holders.map(({ clusterId }) => clusterId));
  const refusals = clustersOf(basis, facts).flatMap((cluster) => (ruled.has(cluster.clusterId) ? (quotasRefusal(cluster) ?? []) : []));
  const notes = refusals.map(({ reason, wayOut, link }): LeftOut => ({ subject: name, tenantId: id, reason: `${reason} ${wayOut}`, link }));
  const unread = ownTopicsOf(state, facts).filter(({ cluster, topic }) => !cluster.configs.has(topic));
  if (unread.length === 0) return notes;
  const reason = `The configuration of ${listed(unread.map(({ topic }) => topic))} could not be read. Try again in a moment.`;
  return [...notes, { subject: name, tenantId: id, reason, link: { label: "Its topics", href: paths.tenant(id, "topics") } }];
}
