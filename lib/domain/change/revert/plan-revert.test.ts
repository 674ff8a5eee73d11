import { describe, expect, it } from "vitest";
import type { ChangeState } from "@/lib/domain/change/operation";
import { CHANGE_STATES, isFinished } from "@/lib/domain/change/operation";
import { applyTo } from "@/lib/domain/change/testing/apply-to";
import { GOLDEN_RULE, goldenCluster, goldenFacts, told } from "@/lib/domain/change/testing/quota-facts";

const before = goldenFacts({ clusters: { c1: goldenCluster([{ entity: { user: "kestrel" }, values: GOLDEN_RULE }]) } });
const { operations } = told(
  { kind: "quota-rule", clusterId: "c1", entity: { user: "kestrel" }, values: { producer_byte_rate: 40_000 } },
  before,
).plan;

/** Taking back a change of one rule, in this state. */
function taken(state: ChangeState, cannotRead = false) {
  const after = applyTo(before, operations);
  const clusters = new Map([...after.clusters].map(([id, cluster]) => [id, cannotRead ? { ...cluster, quotas: null } : cluster]));
  const applied = operations.map((operation) => ({ ...operation, state: "applied" }));
  const reverted = { id: 7, kind: "quota-rule", title: "Set a rule", state, operations: applied };
  return told({ kind: "revert", changeId: 7 }, { ...after, clusters, reverted });
}

describe("taking a change back", () => {
  it.each(CHANGE_STATES.filter((state) => isFinished(state)))("is possible when it is %s", (state) => {
    expect(taken(state).refusals).toEqual([]);
    expect(taken(state).operations).toHaveLength(1);
  });

  it.each(CHANGE_STATES.filter((state) => !isFinished(state)))("is refused while it is %s", (state) => {
    const { plan } = taken(state);
    expect(plan.refusals).toMatchObject([{ reason: "Change 7 is not finished: it would go on writing.", wayOut: "Cancel it first." }]);
    expect(plan.operations).toEqual([]);
  });

  it("leaves out what cannot be read, and says so", () => {
    const { refusals, leftOut } = taken("applied", true);
    expect([refusals, leftOut]).toEqual([[], ["The quotas of c1 could not be read."]]);
  });
});
