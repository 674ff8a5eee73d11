import { overrideOperations, withOverrides } from "@/lib/domain/change/declarations/override-change";
import { topicConsequences } from "@/lib/domain/change/declarations/topic-consequences";
import type { DeclaredTopicKey } from "@/lib/domain/change/declared-topic";
import { type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import { quotaConsequences } from "@/lib/domain/change/quotas/quota-consequences";
import { quotaScale } from "@/lib/domain/change/quotas/quota-scale";
import { quotaOperation } from "@/lib/domain/change/quotas/rule-operation";
import type { RequestOf } from "@/lib/domain/change/request";
import { noTenant, scopedTopic, tenantsOf } from "@/lib/domain/change/resolve-scope";
import { type ChangedTopic, type TopicKeyChange, topicKeyChange } from "@/lib/domain/change/topic-keys/topic-key-change";
import { topicValue } from "@/lib/domain/change/topic-value";
import { nameOrCount } from "@/lib/domain/change/words";
import type { DriftItem } from "@/lib/domain/drift/drift-item";
import { formatCountOf } from "@/lib/domain/format";
import { overrideKey } from "@/lib/domain/override";
import type { Steps } from "@/lib/domain/steps";
import { brakedNotes } from "./braked-notes";
import { type DriftingTenant, driftingTenant, isMeant } from "./live-drift";
import { unreadNotes } from "./unread-notes";

const SLICE = 25;

/** Brings rules and topics that drifted to what is declared, and takes overrides away that are over. */
export function* planBringBack({ scope, items }: RequestOf<"bring-back">, facts: PlanFacts): Steps<Draft> {
  const draft = emptyDraft();
  const { items: states, leftOut, refusals } = tenantsOf(scope, facts);
  draft.leftOut.push(...leftOut);
  draft.refusals.push(...refusals);
  const topics: ChangedTopic[] = [];
  const meant = isMeant(items);
  const drifting: string[] = [];
  let count = 0;
  for (const [position, state] of states.entries()) {
    const tenant = driftingTenant(state, facts);
    const found = tenant?.items.filter(meant) ?? [];
    if (tenant === null) draft.refusals.push(noTenant(state.tenant.id));
    else if (found.length > 0) {
      drifting.push(state.tenant.name);
      count += found.length;
      topics.push(...bringBack(tenant, found, draft, facts));
    }
    if (tenant !== null) draft.leftOut.push(...brakedNotes(tenant, meant, facts), ...unreadNotes(tenant, facts));
    if (position % SLICE === SLICE - 1) yield;
  }
  const names = drifting.length > 0 ? drifting : states.map(({ tenant }) => tenant.name);
  draft.title = `Bring ${formatCountOf(count, "value")} of ${nameOrCount(names, "tenant")} back to what is declared`;
  const settings = yield* topicConsequences(topics, facts);
  yield;
  draft.consequences.push(...settings.consequences, ...(yield* quotaConsequences(draft.operations, facts)));
  draft.refusals.push(...settings.refusals);
  draft.picture = yield* quotaScale(draft.operations, facts);
  const [only] = states;
  draft.typeName = only !== undefined && states.length === 1 ? only.tenant.id : formatCountOf(states.length, "tenant");
  draft.asksName = settings.asksName;
  return draft;
}

/** The operations for the items of one tenant; answers the topics among them. */
function bringBack({ basis }: DriftingTenant, items: readonly DriftItem[], draft: Draft, facts: PlanFacts): ChangedTopic[] {
  const { tenant } = basis;
  const unit = `tenant:${tenant.id}`;
  const topics = new Map<string, { changed: ChangedTopic; keys: Map<DeclaredTopicKey, TopicKeyChange> }>();
  const ended = new Map<string, null>();
  for (const { target, live, declared, source } of items) {
    if (target.kind === "quota") {
      const note = declared === null ? null : source;
      draft.operations.push(quotaOperation({ ...target, before: live, after: declared, unit, note }));
    } else if (target.kind === "override") {
      ended.set(overrideKey(target), null);
    } else if (target.kind === "topic-config") {
      addTopic(topics, target, { after: declared, note: source }, facts);
    }
  }
  const changed = [...topics.values()].map((one) => one.changed);
  draft.operations.push(...changed.flatMap(operationsOf), ...overrideOperations(tenant, withOverrides(tenant, ended)));
  return changed;
}

function addTopic(
  topics: Map<string, { changed: ChangedTopic; keys: Map<DeclaredTopicKey, TopicKeyChange> }>,
  { clusterId, topic, key }: { clusterId: string; topic: string; key: string },
  value: { after: string | null; note: string | null },
  facts: PlanFacts,
): void {
  const cluster = facts.clusters.get(clusterId);
  const live = cluster === undefined ? null : topicValue(cluster, topic, key);
  if (cluster === undefined || live === null) return;
  const id = `${clusterId} ${topic}`;
  const keys = topics.get(id)?.keys ?? new Map<DeclaredTopicKey, TopicKeyChange>();
  const scoped = topics.get(id)?.changed.scoped ?? scopedTopic(cluster, topic, facts);
  keys.set(key as DeclaredTopicKey, topicKeyChange(scoped, key as DeclaredTopicKey, live, value));
  topics.set(id, { changed: { scoped, keys }, keys });
}

function operationsOf({ keys }: ChangedTopic): PlannedOperation[] {
  return [...keys.values()].flatMap(({ operation }) => (operation === null ? [] : [operation]));
}
