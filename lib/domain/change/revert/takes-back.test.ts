import { describe, expect, it } from "vitest";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import { planChange } from "@/lib/domain/change/plan-change";
import type { ChangeRequest } from "@/lib/domain/change/request";
import { applyTo, writtenState } from "@/lib/domain/change/testing/apply-to";
import { DAY, GOLDEN, GOLDEN_RULE, goldenCluster, goldenFacts, told } from "@/lib/domain/change/testing/quota-facts";

const revert = { kind: "revert", changeId: 41 } as const;

/** The facts once a change was carried out, all of it in this state, and is looked at again. */
function carriedOut(request: ChangeRequest, before: PlanFacts, state = "applied"): PlanFacts {
  const { operations, title } = planChange(request, before);
  return recorded(applyTo(before, operations), operations, state, title);
}

function recorded(after: PlanFacts, operations: readonly PlannedOperation[], state = "applied", title = "Set it"): PlanFacts {
  const about = { kind: "quota", state: "applied" as const };
  return { ...after, reverted: { ...about, id: 41, title, operations: operations.map((one) => ({ ...one, state })) } };
}

const retention: ChangeRequest = { kind: "retention", scope: { tenantIds: ["kestrel"] }, retentionMs: DAY };
const quota: ChangeRequest = { kind: "quota", scope: { tenantIds: ["kestrel"] }, produceBytesPerSecond: 60_000 };
const write = (target: PlannedOperation["target"], after: string | null) => ({ target, after });
const OWN_RULE = { kind: "quota", clusterId: "c1", entity: { user: "kestrel" }, key: "producer_byte_rate" } as const;

describe("taking a change back", () => {
  it.each<[string, ChangeRequest]>([
    ["a retention", retention],
    ["a quota with its override", quota],
    ["a quota that was taken away", { kind: "quota", scope: { tenantIds: ["kestrel"] }, produceBytesPerSecond: null }],
    ["a rule", { kind: "quota-rule", clusterId: "c1", entity: { clientId: null }, values: { request_percentage: 9 } }],
    ["a tier, with all that followed", { kind: "tier", scope: { tierId: "gold" }, tierId: "silver", dropOverrides: [] }],
    ["what a tier declares, rolled out", { kind: "tier-definition", tier: { ...GOLDEN, produceBytesPerSecond: 9 }, rollOut: true }],
    ["a new tier that nobody is on", { kind: "tier-definition", tier: { ...GOLDEN, id: "iron" }, rollOut: false }],
    ["who manages a tenant", { kind: "managed-elsewhere", tenantId: "kestrel", by: "Terraform" }],
  ])("%s brings back what was there", (_what, request) => {
    const before = goldenFacts();
    const after = carriedOut(request, before);
    const { plan, leftOut, refusals, title } = told(revert, after);
    expect([leftOut, refusals]).toEqual([[], []]);
    expect(title).toMatch(/^Take back change 41: /);
    expect(plan.operations.length).toBeGreaterThan(0);
    expect(writtenState(applyTo(after, plan.operations))).toEqual(writtenState(before));
  });

  it("loosens what was tightened, and the other way round", () => {
    const { operations, plan } = told(revert, carriedOut(quota, goldenFacts()));
    expect(operations).toEqual([
      "user kestrel producer_byte_rate: 25000 → 50000",
      expect.stringMatching(/^override produceBytesPerSecond: .* → null$/),
    ]);
    expect(plan.operations.map(({ phase }) => phase)).toEqual(["loosen", "declare"]);
    const longer = carriedOut({ ...retention, retentionMs: 9 * DAY } as ChangeRequest, goldenFacts());
    expect(told(revert, longer).plan.operations.map(({ phase }) => phase)).toEqual(["declare", "tighten"]);
  });

  it("is done for what was written without having been seen, and for nothing else", () => {
    expect(told(revert, carriedOut(quota, goldenFacts(), "unverified")).operations).toHaveLength(2);
    for (const state of ["pending", "failed", "conflict", "not-attempted"]) {
      expect(told(revert, carriedOut(quota, goldenFacts(), state)).refusals).toEqual(["Nothing of change 41 was written."]);
    }
  });

  it("leaves what somebody changed since, with what it is now", () => {
    const after = applyTo(carriedOut(quota, goldenFacts()), [write(OWN_RULE, "777")]);
    const { operations, leftOut, has } = told(revert, after);
    expect(operations.map((one) => one.split(":")[0])).toEqual(["override produceBytesPerSecond"]);
    expect(leftOut).toEqual(["It was changed again since: it is 777 now, and stays so."]);
    expect(has(/^note: 1 value stays as it is now/)).toBe(true);
  });

  it("has nothing to do where it was taken back already", () => {
    const after = carriedOut(quota, goldenFacts());
    const { plan } = told(revert, after);
    expect(told(revert, applyTo(after, plan.operations))).toMatchObject({ operations: [], leftOut: [], refusals: [] });
  });

  it.each<[string, (facts: PlanFacts) => PlanFacts, RegExp]>([
    [
      "the rules cannot be read",
      (facts) => ({ ...facts, clusters: new Map([...facts.clusters].map(([id, one]) => [id, { ...one, quotas: null }])) }),
      /^The quotas of c1 could not be read/,
    ],
    [
      "the tenant is gone",
      (facts) => ({ ...facts, registry: { ...facts.registry, tenants: [] } }),
      /^There is no tenant "kestrel" any more/,
    ],
  ])("leaves out what is not known, where %s", (_what, change, reason) => {
    expect(told(revert, change(carriedOut(quota, goldenFacts()))).leftOut).toContainEqual(expect.stringMatching(reason));
  });

  it("leaves a new tier that tenants are on", () => {
    const made = carriedOut({ kind: "tier-definition", tier: { ...GOLDEN, id: "iron" }, rollOut: false }, goldenFacts());
    const used = applyTo(made, [write({ kind: "tenant-tier", tenantId: "kestrel" }, '"iron"')]);
    expect(told(revert, used)).toMatchObject({
      operations: [],
      leftOut: [expect.stringMatching(/^Tenants are on this tier; archive it instead/)],
    });
  });

  it("of one that is not on the record is refused", () => {
    expect(told(revert, goldenFacts()).refusals).toEqual(["There is no change 41."]);
  });
});

describe("what cannot come back", () => {
  it("partitions: they stay, and that is for good", () => {
    const { operations, leftOut, has, plan } = told(
      revert,
      carriedOut({ kind: "partitions", clusterId: "c1", topic: "kestrel.scans", count: 6 }, goldenFacts()),
    );
    expect([operations, leftOut]).toEqual([[], ["Partitions cannot be taken away."]]);
    expect(has(/^permanent: The partitions that were added to kestrel\.scans stay/)).toBe(true);
    expect(plan.confirm.reasonRequired).toBe(true);
  });

  it("records that were deleted", () => {
    const before = goldenFacts({
      clusters: {
        c1: {
          ...goldenCluster(),
          topics: {
            "kestrel.scans": {
              own: { "retention.ms": String(3 * DAY) },
              history: [
                [2 * DAY, 0],
                [0, 1_000],
              ] as const,
            },
          },
        },
      },
    });
    const { has } = told(revert, carriedOut(retention, before));
    expect(has(/^note: Records of kestrel\.scans that were deleted meanwhile do not come back\.$/)).toBe(true);
    expect(told(revert, carriedOut(quota, goldenFacts())).has(/do not come back/)).toBe(false);
  });
});

describe("what a revert does is told as of any other change", () => {
  it("of rules", () => {
    const raised = carriedOut({ ...quota, produceBytesPerSecond: 600_000 } as ChangeRequest, goldenFacts());
    const { has, plan } = told(revert, raised);
    expect(has(/^note: Kestrel can have 150 kB\/s to produce, and 120 kB\/s are promised/)).toBe(true);
    expect(plan.picture?.kind).toBe("quota");
  });

  it("of topics whose retention falls again", () => {
    const history = [
      [20 * DAY, 0],
      [0, 1_000],
    ] as const;
    const topics = { "kestrel.scans": { own: { "retention.ms": String(3 * DAY) }, history } };
    const groups = { "kestrel.archive": { behind: { "kestrel.scans": 900 } } };
    const before = goldenFacts({
      clusters: { c1: { ...goldenCluster([{ entity: { user: "kestrel" }, values: GOLDEN_RULE }]), topics, groups } },
    });
    const { has, plan } = told(revert, carriedOut({ ...retention, retentionMs: 9 * DAY } as ChangeRequest, before));
    expect(has(/^loss: kestrel\.archive/)).toBe(true);
    expect(plan.confirm.typeName).toBe("change 41");
  });
});
