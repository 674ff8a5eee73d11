import type { PlanFacts } from "@/lib/domain/change/facts";
import { hourKey } from "@/lib/domain/change/facts";
import { entityName, type PlannedOperation } from "@/lib/domain/change/operation";
import type { QuotaScale } from "@/lib/domain/change/plan";
import { listPromise } from "@/lib/domain/promised";
import { METERS } from "@/lib/domain/quota/meters";
import type { Steps } from "@/lib/domain/steps";
import { DIRECTIONS, type Direction } from "@/lib/domain/views/use";
import { brokerPasts } from "./past-rates";
import { clusterLimit, type OwnRuleChange, ruleChanges, type TenantRules } from "./rule-changes";
import type { QuotaOperation } from "./rule-operation";

/** A form shows so many; of more tenants the list of operations says the rest. */
const ROWS_MAX = 50;

type Row = QuotaScale["rows"][number];

/** What the form draws: each rule's value before and after on the rates of the last hour. null: no rule is changed. */
export function* quotaScale(operations: readonly PlannedOperation[], facts: PlanFacts): Steps<QuotaScale | null> {
  const { tenants, others } = yield* ruleChanges(operations, facts);
  const own = tenants.flatMap((tenant) => tenant.changes.map((change) => () => ownRow(tenant, change, facts)));
  const foreign = others.map(
    ({ operation }) =>
      () =>
        foreignRow(operation),
  );
  const rows = [...own, ...foreign].slice(0, ROWS_MAX).map((row) => row());
  return rows.length === 0 ? null : { kind: "quota", rows };
}

function foreignRow({ target, before, after, note }: QuotaOperation): Row {
  const values = { now: number(before), after: number(after), promised: null, arithmetic: note };
  return { tenantId: null, clusterId: target.clusterId, entity: entityName(target.entity), key: target.key, ...values, brokers: [] };
}

function ownRow(tenant: TenantRules, change: OwnRuleChange, facts: PlanFacts): Row {
  const { operation, cluster, holder, before, after } = change;
  const { id } = tenant.basis.tenant;
  const { key, entity } = operation.target;
  const direction = DIRECTIONS.find((each) => METERS[each].key === key) ?? null;
  return {
    tenantId: id,
    clusterId: cluster.clusterId,
    entity: entityName(entity),
    key,
    now: before,
    after,
    promised: direction === null ? null : promisedFor(tenant, direction, holder),
    arithmetic: operation.note,
    brokers: direction === null ? [] : brokersOf(tenant, change, direction, facts),
  };
}

/** Rates are kept for the tenant as a whole, so they are drawn only where one rule carries all of it. */
function brokersOf(
  tenant: TenantRules,
  { cluster, after, operation }: OwnRuleChange,
  direction: Direction,
  facts: PlanFacts,
): Row["brokers"] {
  if (clusterLimit(tenant, cluster, operation.target.key).rules !== 1) return [];
  const minutes = facts.pastHours.get(hourKey(tenant.basis.tenant.id, cluster.clusterId))?.minutes[direction] ?? [];
  return brokerPasts(minutes, after).map(({ brokerId, peakPerSecond, meanPerSecond, minutesAbove, minutesSeen }) => ({
    brokerId,
    peakPerSecond,
    meanPerSecond,
    minutesAbove: after === null ? null : minutesAbove,
    minutesSeen,
  }));
}

function promisedFor(
  { basis }: TenantRules,
  direction: Direction,
  { placementShare, principalShare }: OwnRuleChange["holder"],
): number | null {
  const promise = listPromise(basis.tier, direction);
  return promise === null ? null : promise * placementShare * principalShare;
}

function number(text: string | null): number | null {
  return text === null ? null : Number(text);
}
