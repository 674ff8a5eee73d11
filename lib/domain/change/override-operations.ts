import type { TenantState } from "@/lib/domain/fleet";
import { Override, type OverrideSetting, overrideKey } from "@/lib/domain/override";
import { canonicalJson } from "./canonical-json";
import { DECLARED_TOPIC_KEYS, type DeclaredTopicKey, kafkaText, overrideFor } from "./declared-topic";
import type { Ending } from "./ending";
import type { PlanFacts } from "./facts";
import type { PlannedOperation } from "./operation";
import { UNLIMITED } from "./values";

/** Of one tenant; as many as its record holds. */
export const OVERRIDES_MAX = 200;

/** A value that one of a tenant's topics gets. */
export interface PlacedValue {
  cluster: string;
  topic: string;
  /** Kafka's text; null: whatever the cluster has. */
  value: string | null;
  /** It is what the tenant's tier declares, so that no override is needed. */
  fitsTier: boolean;
}

export interface OverridePlan {
  operations: PlannedOperation[];
  written: Override[];
  ended: Override[];
  /** How many the tenant has then. */
  count: number;
}

interface OverrideInput {
  state: TenantState;
  key: DeclaredTopicKey;
  values: readonly PlacedValue[];
  /** The tenant was meant, not topics by name: one value for all its topics is declared for the tenant, also for topics to come. */
  wholeTenant: boolean;
  ending: Ending;
  facts: Pick<PlanFacts, "at" | "declaring">;
}

type Place = Pick<PlacedValue, "cluster" | "topic">;

/**
 * Declares what topics of a tenant get: where it differs from the tier an override says so, where it is the tier's own value the overrides
 * that said otherwise end. Overrides that cover topics outside the change stay as they are.
 */
export function overrideOperations(input: OverrideInput): OverridePlan {
  const { state, values, wholeTenant } = input;
  const setting = DECLARED_TOPIC_KEYS[input.key];
  const declared = (state.tenant.overrides ?? []).filter((one) => one.setting === setting);
  const own = ownPlaces(state);
  const [first] = values;
  const isAll = wholeTenant && first !== undefined && own.length === values.length && values.every((one) => isAlike(one, first));
  const final = new Map<string, Override | null>();
  if (isAll) declareForTenant(input, declared, first, final);
  else declareByTopic(input, declared, own, final);
  return outcome(state, declared, final);
}

function isAlike(a: PlacedValue, b: PlacedValue): boolean {
  return a.value === b.value && a.fitsTier === b.fitsTier;
}

function ownPlaces({ topics }: TenantState): Place[] {
  return topics.filter(({ owner }) => owner.kind === "tenant").map(({ clusterId, topic }) => ({ cluster: clusterId, topic }));
}

function fits({ on = {} }: Override, { cluster, topic }: Place): boolean {
  return (on.cluster ?? cluster) === cluster && (on.topic ?? topic) === topic && on.principal === undefined;
}

function declareForTenant(
  input: OverrideInput,
  declared: readonly Override[],
  first: PlacedValue,
  final: Map<string, Override | null>,
): void {
  for (const one of declared) if (input.values.some((place) => fits(one, place))) final.set(overrideKey(one), null);
  if (first.fitsTier) return;
  const override = made(input, first.value, null);
  final.set(overrideKey(override), override);
}

function declareByTopic(
  input: OverrideInput,
  declared: readonly Override[],
  own: readonly Place[],
  final: Map<string, Override | null>,
): void {
  const toTier = new Set(input.values.filter(({ fitsTier }) => fitsTier).map(placeKey));
  for (const one of declared) {
    const covered = [...own, ...input.values].filter((place) => fits(one, place));
    if (covered.length > 0 && covered.every((place) => toTier.has(placeKey(place)))) final.set(overrideKey(one), null);
  }
  const remaining = declared.filter((one) => !final.has(overrideKey(one)));
  for (const value of input.values) {
    const override = made(input, value.value, value);
    const key = overrideKey(override);
    const wider = overrideFor({ overrides: remaining.filter((one) => overrideKey(one) !== key) }, override.setting, value, input.facts.at);
    const suffices = wider === null ? value.fitsTier : isSame(wider, override) || (value.fitsTier && textOf(wider) === value.value);
    if (!suffices) final.set(key, override);
    else if (declared.some((one) => overrideKey(one) === key)) final.set(key, null);
  }
}

function placeKey({ cluster, topic }: Place): string {
  return `${cluster} ${topic}`;
}

function textOf({ value }: Override): string | null {
  return value === null ? null : kafkaText(value);
}

/** `on`: one topic; null: the tenant as a whole. */
function made({ key, ending, facts }: OverrideInput, value: string | null, on: Place | null): Override {
  const { author, reason, at } = facts.declaring ?? { author: "nobody yet", reason: "not given yet", at: facts.at };
  return Override.parse({
    setting: DECLARED_TOPIC_KEYS[key],
    value: value === null ? null : Number(value) < 0 ? UNLIMITED : Number(value),
    ...(on === null ? {} : { on: { cluster: on.cluster, topic: on.topic } }),
    reason,
    author,
    at,
    ...(ending.until === undefined ? {} : { until: ending.until, atEnd: ending.atEnd ?? "report" }),
  });
}

/** Who declared it, when and why is another matter: what is declared is the same. */
function isSame(a: Override, b: Override): boolean {
  return a.value === b.value && a.until === b.until && a.atEnd === b.atEnd;
}

function outcome({ tenant }: TenantState, declared: readonly Override[], final: ReadonlyMap<string, Override | null>): OverridePlan {
  const plan: OverridePlan = { operations: [], written: [], ended: [], count: tenant.overrides?.length ?? 0 };
  for (const [key, after] of final) {
    const before = declared.find((one) => overrideKey(one) === key) ?? null;
    if (before === after || (before !== null && after !== null && isSame(before, after))) continue;
    plan.operations.push(operationOf(tenant.id, before, after));
    if (after !== null) plan.written.push(after);
    else if (before !== null) plan.ended.push(before);
    plan.count += after === null ? -1 : before === null ? 1 : 0;
  }
  return plan;
}

function operationOf(tenantId: string, before: Override | null, after: Override | null): PlannedOperation {
  const { setting, on } = (after ?? before) as { setting: OverrideSetting; on?: Override["on"] };
  return {
    target: { kind: "override", tenantId, setting, ...(on === undefined ? {} : { on }) },
    before: before === null ? null : canonicalJson(before),
    after: after === null ? null : canonicalJson(after),
    phase: "declare",
    unit: `tenant:${tenantId}`,
    note: null,
  };
}
