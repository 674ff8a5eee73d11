import { DECLARED_TOPIC_KEYS, type DeclaredTopicKey } from "@/lib/domain/change/declared-topic";
import { consequence } from "@/lib/domain/change/draft";
import { type Ending, endingRefusals } from "@/lib/domain/change/ending";
import type { ClusterFacts, PlanFacts } from "@/lib/domain/change/facts";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import type { Consequence, LeftOut, Refusal } from "@/lib/domain/change/plan";
import type { TopicScope } from "@/lib/domain/change/request";
import { type ScopedTopic, topicsOf } from "@/lib/domain/change/resolve-scope";
import { type TopicValue, topicValue } from "@/lib/domain/change/topic-value";
import { named } from "@/lib/domain/change/words";
import { ownerOfTopic } from "@/lib/domain/owner";
import { paths } from "@/lib/domain/paths";
import { eachInSlices, type Steps } from "@/lib/domain/steps";
import { Bounds } from "./bounds";
import { declarations } from "./declarations";
import { onlyTenant, resolveValue, type Wanted } from "./resolve-value";
import { TOPIC_SETTINGS } from "./settings";
import { type ChangedTopic, type TopicKeyChange, topicKeyChange } from "./topic-key-change";

/** What is asked for; keys that are absent stay as they are. */
export type WantedKeys = Partial<Record<DeclaredTopicKey, Wanted>>;

export interface TopicKeysPlan {
  topics: ChangedTopic[];
  operations: PlannedOperation[];
  /** About what is declared. */
  consequences: Consequence[];
  refusals: Refusal[];
  leftOut: LeftOut[];
}

const SLICE = 50;

interface Input {
  scope: TopicScope;
  wanted: WantedKeys;
  ending: Ending;
}

/**
 * What topic settings follow from a request: a value for each topic of the scope, what bounds it, and what has to be declared with it.
 * A topic that was named and cannot be changed is refused; one of a tenant's many is left out.
 */
export function* planTopicKeys({ scope, wanted, ending }: Input, facts: PlanFacts): Steps<TopicKeysPlan> {
  const resolved = yield* topicsOf(scope, facts);
  const plan: TopicKeysPlan = {
    topics: [],
    operations: [],
    consequences: [],
    refusals: [...resolved.refusals, ...endingRefusals(ending, facts)],
    leftOut: [...resolved.leftOut],
  };
  const left = new LeftAlone("topics" in scope, plan);
  const bounds = new Bounds();
  yield* eachInSlices(resolved.items, SLICE, (scoped) => {
    const keys = keysOf(scoped, wanted, facts, left);
    if (keys.size === 0) return;
    plan.topics.push({ scoped, keys });
    const state = onlyTenant(scoped);
    for (const change of keys.values()) {
      if (change.operation !== null) plan.operations.push(change.operation);
      if (state !== null && wanted[change.key] !== "tier") bounds.check(change, { tenantId: state.tenant.id, tier: state.tier });
    }
  });
  plan.refusals.push(...bounds.refusals());
  const declared = yield* declarations(plan.topics, { wanted, ending, wholeTenants: !("topics" in scope) }, facts);
  plan.operations.push(...declared.operations);
  if (plan.operations.length > 0 && plan.operations.length === declared.operations.length) plan.consequences.push(onlyDeclared());
  plan.consequences.push(...declared.consequences);
  plan.refusals.push(...declared.refusals);
  return plan;
}

function keysOf(scoped: ScopedTopic, wanted: WantedKeys, facts: PlanFacts, left: LeftAlone): Map<DeclaredTopicKey, TopicKeyChange> {
  const keys = new Map<DeclaredTopicKey, TopicKeyChange>();
  if (ownerOfTopic(facts.owners, scoped.cluster.clusterId, scoped.topic).owner.kind === "internal") {
    left.internal(scoped);
    return keys;
  }
  for (const key of Object.keys(DECLARED_TOPIC_KEYS) as DeclaredTopicKey[]) {
    const want = wanted[key];
    if (want === undefined) continue;
    const value = topicValue(scoped.cluster, scoped.topic, key);
    const resolved = resolveValue(want, key, scoped, facts);
    if (value === null) left.unread(scoped, key);
    else if ("reason" in resolved) left.undeclared(scoped, key, resolved);
    else if (resolved.after === null && !value.isOwnKnown) left.unknownOwn(scoped, key);
    else {
      const after = isDeclaredAlready(want, value, resolved.after) ? null : resolved.after;
      keys.set(key, topicKeyChange(scoped, key, value, { after, note: resolved.note }));
    }
  }
  return keys;
}

/** What is declared counts already, if only because the broker has it: nothing needs to be written for it. */
function isDeclaredAlready(want: Wanted, value: TopicValue, after: string | null): boolean {
  return want === "tier" && value.own === null && value.effective === after;
}

function onlyDeclared(): Consequence {
  const sentence = "Nothing is written to Kafka: the topics have this value already, and only what is declared changes.";
  return consequence({ class: "fine", sentence });
}

/** Collects what cannot be changed, once for each reason. */
class LeftAlone {
  private readonly said = new Set<string>();

  constructor(
    private readonly isNamed: boolean,
    private readonly plan: Pick<TopicKeysPlan, "refusals" | "leftOut">,
  ) {}

  internal({ cluster, topic }: ScopedTopic): void {
    const reason = `${named(topic)} is Kafka's own topic: its settings are the brokers' business.`;
    const link = { label: `Topics of ${cluster.name}`, href: paths.topics(cluster.clusterId) };
    this.plan.refusals.push({ field: "topics", reason, wayOut: "Change it with Kafka's own tools if it must be.", link });
  }

  unread(scoped: ScopedTopic, key: DeclaredTopicKey): void {
    const problem = configProblem(scoped.cluster, scoped.topic);
    const reason = `Its ${key} could not be read${problem === undefined ? "." : `: ${problem.message}`}`;
    this.add(scoped, null, reason, problem?.remedy ?? "Try again in a moment.");
  }

  undeclared(scoped: ScopedTopic, key: DeclaredTopicKey, { reason, ofTenant }: { reason: string; ofTenant: boolean }): void {
    const tenant = ofTenant ? onlyTenant(scoped)?.tenant : undefined;
    this.add(scoped, TOPIC_SETTINGS[key].field, reason, "Give the value that is meant.", tenant?.name);
  }

  unknownOwn(scoped: ScopedTopic, key: DeclaredTopicKey): void {
    const reason = `MSK's API does not tell whether its ${key} is a value of its own, so none can be taken away.`;
    this.add(scoped, TOPIC_SETTINGS[key].field, reason, "Set the value that is meant instead.");
  }

  private add({ cluster, topic, tenants }: ScopedTopic, field: string | null, reason: string, wayOut: string, subject = topic): void {
    const tenantId = onlyTenant({ tenants })?.tenant.id ?? null;
    const said = `${tenantId} ${subject} ${reason}`;
    if (this.said.has(said)) return;
    this.said.add(said);
    const link = { label: named(topic), href: paths.topic(cluster.clusterId, topic) };
    if (this.isNamed) this.plan.refusals.push({ field, reason: `${named(topic)}: ${reason}`, wayOut, link });
    else this.plan.leftOut.push({ subject, tenantId, reason, link });
  }
}

function configProblem({ problems }: ClusterFacts, topic: string) {
  const read = problems.filter(({ operation }) => operation === "DescribeConfigs" || operation === "DescribeTopic");
  return read.find(({ resource }) => resource === topic) ?? read.find(({ resource }) => resource === undefined);
}
