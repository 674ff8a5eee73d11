import { describe, expect, it } from "vitest";
import type { RequestOf } from "@/lib/domain/change/request";
import { applyTo } from "@/lib/domain/change/testing/apply-to";
import { pastHours } from "@/lib/domain/change/testing/past-hours";
import { DAY, GOLDEN, GOLDEN_RULE, goldenCluster, goldenFacts, override, told } from "@/lib/domain/change/testing/quota-facts";
import { tenant } from "@/lib/domain/testing/cluster-fixture";
import type { Tier } from "@/lib/domain/tier";

const ask = (changes: Partial<Tier>, rollOut = false): RequestOf<"tier-definition"> => ({
  kind: "tier-definition",
  tier: { ...GOLDEN, ...changes },
  rollOut,
});

describe("a tier that is written", () => {
  it("is one operation, and its tenants are told to drift until it is rolled out", () => {
    const { operations, plan, has, title } = told(ask({ produceBytesPerSecond: 60_000 }), goldenFacts());
    expect(title).toBe("Change what Gold declares");
    expect(operations.map((one) => one.split(":")[0])).toEqual(["tier gold"]);
    expect(plan.operations[0]).toMatchObject({ unit: "tier:gold", phase: "declare" });
    expect(JSON.parse(plan.operations[0]?.after ?? "")).toEqual({ ...GOLDEN, produceBytesPerSecond: 60_000 });
    expect(
      has(
        /^note: 1 of 3 tenants on Gold then differs from what is declared, and shows as drift until it is brought back or adopted: Kestrel\.$/,
      ),
    ).toBe(true);
  });

  it("rolled out changes each of its tenants that is not declared otherwise", () => {
    const own = { ...tenant("osprey"), overrides: [override({ setting: "produceBytesPerSecond", value: 120_000 })] };
    const rules = ["kestrel", "osprey"].map((user) => ({ entity: { user }, values: GOLDEN_RULE }));
    const topics = Object.fromEntries(["kestrel", "osprey"].map((id) => [`${id}.x`, { own: { "retention.ms": String(3 * DAY) } }]));
    const facts = goldenFacts({ tenants: [tenant("kestrel"), own], clusters: { c1: { topics, quotas: rules } } });
    const { operations, plan, has, title } = told(ask({ produceBytesPerSecond: 60_000 }, true), facts);
    expect(title).toBe("Change what Gold declares, and roll it out");
    expect(operations.slice(1)).toEqual(["user kestrel producer_byte_rate: 50000 → 25000"]);
    expect(plan.operations.map(({ unit }) => unit)).toEqual(["tier:gold", "tenant:kestrel"]);
    expect(has(/^note: 1 of 2 tenants on Gold changes: kestrel\.$/)).toBe(true);
    expect(has(/^breach/)).toBe(false);
    expect(told(ask({ produceBytesPerSecond: 60_000 }, true), applyTo(facts, plan.operations)).operations).toEqual([]);
  });

  it("that is new has no tenants yet", () => {
    const { operations, has, title } = told(ask({ id: "iron", name: "Iron" }, true), goldenFacts());
    expect([title, operations[0]?.slice(0, 16)]).toEqual(["Make the tier Iron", "tier iron: null "]);
    expect(has(/^fine: No tenant is on Iron yet\.$/)).toBe(true);
  });

  it("cannot have an id that is an address of the console", () => {
    const { plan, refusals } = told(ask({ id: "new", name: "Brand new" }), goldenFacts());
    expect(refusals).toEqual([expect.stringMatching(/^The id "new" is kept for an address of the console/)]);
    expect(plan.refusals[0]?.field).toBe("tier.id");
  });

  it("as it is already is nothing to do", () => {
    expect(told(ask({}), goldenFacts())).toMatchObject({ operations: [] });
  });

  it.each<[string, Partial<Tier>, string]>([
    ["retention", { retentionMs: { default: 9 * DAY, max: DAY } }, "tier.retentionMs.default"],
    ["message size", { maxMessageBytes: { default: 2_000_000, max: 1_000_000 } }, "tier.maxMessageBytes.default"],
  ])("with a default %s above its bound is refused, with the field", (_what, changes, field) => {
    expect(told(ask(changes), goldenFacts()).plan.refusals).toMatchObject([{ field }]);
  });

  it("tells who took more than is promised then, and who would be throttled", () => {
    const facts = goldenFacts({ pastHours: pastHours({ tenantId: "kestrel", produce: { 1: 48_000, 2: 30_000 } }) });
    const { has } = told(ask({ produceBytesPerSecond: 60_000 }, true), facts);
    expect(has(/^note: Kestrel took up to 78\.0 kB\/s to produce in the last hour; 60 kB\/s are promised then\.$/)).toBe(true);
    expect(has(/^throttles: Kestrel would have been throttled/)).toBe(true);
  });

  it("without room for skew says what that means", () => {
    expect(told(ask({ skewAllowance: 1 }), goldenFacts()).has(/^note: Gold leaves no room for an uneven spread/)).toBe(true);
  });
});

describe("a tier that is archived", () => {
  const archive = (archived: boolean) => ({ kind: "tier-archive" as const, tierId: "gold", archived });

  it("keeps its tenants, and says how many they are", () => {
    const { plan, has, title } = told(archive(true), goldenFacts());
    expect(title).toBe("Archive Gold");
    expect(JSON.parse(plan.operations[0]?.after ?? "")).toEqual({ ...GOLDEN, archived: true });
    expect(has(/^note: No tenant can be put on Gold any more\. 3 tenants stay on it, with what it promises\.$/)).toBe(true);
  });

  it("is opened again as it was", () => {
    const facts = goldenFacts();
    const closed = applyTo(facts, told(archive(true), facts).plan.operations);
    expect(told(archive(true), closed).operations).toEqual([]);
    const { plan } = told(archive(false), closed);
    expect(applyTo(closed, plan.operations).registry.tiers.find(({ id }) => id === "gold")).toEqual(GOLDEN);
  });

  it("is refused where it is not there", () => {
    expect(told({ ...archive(true), tierId: "none" }, goldenFacts()).refusals).toEqual(['There is no tier "none".']);
  });
});

describe("who manages a tenant", () => {
  const manage = (by: string | null, tenantId = "kestrel") => ({ kind: "managed-elsewhere" as const, tenantId, by });

  it("is declared, and then every plan is a patch", () => {
    const facts = goldenFacts();
    const { operations, plan, title } = told(manage("Terraform"), facts);
    expect([title, operations]).toEqual(["Leave Kestrel to Terraform", ['managed-elsewhere of kestrel: null → "Terraform"']]);
    const then = applyTo(facts, plan.operations);
    expect(told(manage("Terraform"), then).operations).toEqual([]);
    const quota: RequestOf<"quota"> = { kind: "quota", scope: { tenantIds: ["kestrel"] }, produceBytesPerSecond: 60_000 };
    expect(told(quota, then).plan.patch?.by).toBe("Terraform");
    expect(told(manage(null), then).operations).toEqual(['managed-elsewhere of kestrel: "Terraform" → null']);
  });

  it("is refused for a tenant that is not there", () => {
    expect(told(manage(null, "gone"), goldenFacts()).refusals).toEqual(['There is no tenant "gone".']);
  });
});

describe("ending overrides", () => {
  const end = (...overrides: RequestOf<"override-end">["overrides"]) => ({ kind: "override-end" as const, tenantId: "kestrel", overrides });
  const facts = (overrides: object[], own: Record<string, string> = {}, rule = GOLDEN_RULE) =>
    goldenFacts({
      tenants: [{ ...tenant("kestrel"), name: "Kestrel", overrides: overrides.map(override) }],
      clusters: { c1: { ...goldenCluster([{ entity: { user: "kestrel" }, values: rule }]), topics: { "kestrel.scans": { own } } } },
    });

  it("lets the tier count again for what followed them", () => {
    const given = facts(
      [
        { setting: "retentionMs", value: 9 * DAY },
        { setting: "produceBytesPerSecond", value: 60_000 },
      ],
      { "retention.ms": String(9 * DAY) },
      { ...GOLDEN_RULE, producer_byte_rate: 25_000 },
    );
    const { operations, plan, title } = told(end({ setting: "retentionMs" }, { setting: "produceBytesPerSecond" }), given);
    expect(title).toBe("End 2 overrides of Kestrel");
    expect(operations.map((one) => one.replace(/\{.*\}/, "{}"))).toEqual([
      "user kestrel producer_byte_rate: 25000 → 50000",
      "override retentionMs: {} → null",
      "override produceBytesPerSecond: {} → null",
      "kestrel.scans retention.ms: 777600000 → 259200000",
    ]);
    expect(told({ kind: "bring-back", scope: { tenantIds: ["kestrel"] } }, applyTo(given, plan.operations)).operations).toEqual([]);
  });

  it("follows one that is over by itself already", () => {
    const given = facts([{ setting: "retentionMs", value: 9 * DAY, until: "2026-11-01T00:00:00.000Z" }], {
      "retention.ms": String(9 * DAY),
    });
    expect(told(end({ setting: "retentionMs" }), given).operations[1]).toBe("kestrel.scans retention.ms: 777600000 → 259200000");
  });

  it("leaves what did not follow them, and rules of other keys", () => {
    const given = facts(
      [{ setting: "retentionMs", value: 9 * DAY }],
      { "retention.ms": String(5 * DAY) },
      { ...GOLDEN_RULE, producer_byte_rate: 7 },
    );
    const { operations, leftOut, has } = told(end({ setting: "retentionMs" }), given);
    expect(operations).toHaveLength(1);
    expect(leftOut).toEqual([expect.stringMatching(/shows as drift: kestrel\.scans \(5 days\)/)]);
    expect(has(/^fine: Nothing that the clusters have changes/)).toBe(true);
  });

  it("falls back to a wider override, where there is one", () => {
    const given = facts(
      [
        { setting: "produceBytesPerSecond", value: 60_000 },
        { setting: "produceQuotaBytesPerSecond", value: 7_000, on: { principal: "kestrel" } },
      ],
      {},
      { ...GOLDEN_RULE, producer_byte_rate: 7_000 },
    );
    const { operations, title } = told(end({ setting: "produceQuotaBytesPerSecond", on: { principal: "kestrel" } }), given);
    expect(title).toBe("End the override of the produce quota of each broker of kestrel of Kestrel");
    expect(operations[0]).toBe("user kestrel producer_byte_rate: 7000 → 25000");
  });

  it("is refused for one that is not there, with the field", () => {
    expect(told(end({ setting: "retentionMs" }), facts([])).plan.refusals).toMatchObject([{ field: "overrides" }]);
    expect(told({ ...end({ setting: "retentionMs" }), tenantId: "gone" }, facts([])).plan.refusals).toMatchObject([{ field: "tenantId" }]);
  });
});
