import { describe, expect, test } from "vitest";
import { overrideKey } from "@/lib/domain/override";
import { AT, tenant } from "@/lib/domain/testing/cluster-fixture";
import { type OverridePlan, overrideOperations, type PlacedValue } from "./override-operations";
import { DECLARING, planFacts } from "./testing/plan-facts";

const TOPICS = ["acme.a", "acme.b", "acme.c"];
const override = (value: number | null, on?: object, more: object = {}) => ({
  setting: "retentionMs",
  value,
  reason: "because",
  author: "x",
  at: AT,
  ...(on === undefined ? {} : { on }),
  ...more,
});
const on = (topic: string) => ({ cluster: "c1", topic });
const values = (given: Record<string, string | null>, tier = "3000"): PlacedValue[] =>
  Object.entries(given).map(([topic, value]) => ({ cluster: "c1", topic, value, fitsTier: value === tier }));

interface Given {
  overrides?: object[];
  wholeTenant?: boolean;
  ending?: { until?: string; atEnd?: "report" | "take-back" };
  declaring?: null;
}

function plan(given: PlacedValue[], { overrides = [], wholeTenant = false, ending = {}, declaring }: Given = {}): OverridePlan {
  const acme = { ...tenant("acme"), overrides } as ReturnType<typeof tenant>;
  const clusters = { c1: { topics: Object.fromEntries(TOPICS.map((name) => [name, {}])) } };
  const facts = planFacts({ tenants: [acme], clusters, ...(declaring === null ? { declaring } : {}) });
  const state = facts.tenants.get("acme");
  if (state === undefined) throw new Error("no tenant");
  return overrideOperations({ state, key: "retention.ms", values: given, wholeTenant, ending, facts });
}

/** "retentionMs|c1|acme.a| 7000 → 1000"; an override that is not there is "-". */
function declared({ operations }: OverridePlan): string[] {
  const told = (text: string | null) => (text === null ? "-" : (JSON.parse(text) as { value: unknown }).value);
  return operations.map(({ target, before, after }) => {
    if (target.kind !== "override") throw new Error("not an override");
    return `${overrideKey(target)} ${told(before)} → ${told(after)}`;
  });
}

const all = (value: string | null) => values(Object.fromEntries(TOPICS.map((topic) => [topic, value])));

describe("what is declared for a tenant's topics", () => {
  test.each<[string, PlacedValue[], Given, string[]]>([
    ["one topic that differs", values({ "acme.a": "1000" }), {}, ["retentionMs|c1|acme.a| - → 1000"]],
    ["one topic that is as its tier", values({ "acme.a": "3000" }), {}, []],
    ["all topics, one by one", all("1000"), {}, TOPICS.map((topic) => `retentionMs|c1|${topic}| - → 1000`)],
    ["all topics of a tenant that is meant", all("1000"), { wholeTenant: true }, ["retentionMs||| - → 1000"]],
    ["unlimited", all("-1"), { wholeTenant: true }, ["retentionMs||| - → unlimited"]],
    ["whatever the cluster has", all(null), { wholeTenant: true }, ["retentionMs||| - → null"]],
    [
      "not all topics of a tenant that is meant",
      values({ "acme.a": "1000", "acme.b": "1000" }),
      { wholeTenant: true },
      ["retentionMs|c1|acme.a| - → 1000", "retentionMs|c1|acme.b| - → 1000"],
    ],
    [
      "the tenant's override gives way to another, and so do narrower ones",
      all("1000"),
      { wholeTenant: true, overrides: [override(7000), override(9000, on("acme.a")), override(9000, { cluster: "c1" })] },
      ["retentionMs||| 7000 → 1000", "retentionMs|c1|acme.a| 9000 → -", "retentionMs|c1|| 9000 → -"],
    ],
    [
      "back to the tier: all that fit end",
      all("3000"),
      { wholeTenant: true, overrides: [override(7000), override(9000, on("acme.a"))] },
      ["retentionMs||| 7000 → -", "retentionMs|c1|acme.a| 9000 → -"],
    ],
    [
      "a topic back to its tier",
      values({ "acme.a": "3000" }),
      { overrides: [override(9000, on("acme.a"))] },
      ["retentionMs|c1|acme.a| 9000 → -"],
    ],
    [
      "a topic back to its tier while the tenant's override stands for others: it needs one of its own",
      values({ "acme.a": "3000" }),
      { overrides: [override(7000)] },
      ["retentionMs|c1|acme.a| - → 3000"],
    ],
    [
      "every topic by name back to the tier: nothing is left that the tenant's override is for",
      all("3000"),
      { overrides: [override(7000)] },
      ["retentionMs||| 7000 → -"],
    ],
    ["what is declared already", values({ "acme.a": "7000" }), { overrides: [override(7000)] }, []],
    [
      "another override of the same topic gives way",
      values({ "acme.a": "1000" }),
      { overrides: [override(9000, on("acme.a"))] },
      ["retentionMs|c1|acme.a| 9000 → 1000"],
    ],
    [
      "a narrower one that says otherwise ends where a wider one says the same",
      values({ "acme.a": "7000" }),
      { overrides: [override(7000), override(9000, on("acme.a"))] },
      ["retentionMs|c1|acme.a| 9000 → -"],
    ],
    [
      "one that is over does not count, and is replaced",
      values({ "acme.a": "7000" }),
      { overrides: [override(7000, on("acme.a"), { until: "2026-11-01T00:00:00.000Z", atEnd: "report" })] },
      ["retentionMs|c1|acme.a| 7000 → 7000"],
    ],
    [
      "one of a topic that is not there any more stays",
      all("1000"),
      { wholeTenant: true, overrides: [override(9000, on("acme.gone"))] },
      ["retentionMs||| - → 1000"],
    ],
    ["one of another cluster stays", all("3000"), { wholeTenant: true, overrides: [override(9000, { cluster: "c2" })] }, []],
    [
      "the same value with an end is another declaration",
      values({ "acme.a": "7000" }),
      { overrides: [override(7000, on("acme.a"))], ending: { until: "2027-01-01T00:00:00.000Z" } },
      ["retentionMs|c1|acme.a| 7000 → 7000"],
    ],
    [
      "the same value with a later end is another declaration",
      values({ "acme.a": "7000" }),
      {
        overrides: [override(7000, on("acme.a"), { until: "2026-12-01T00:00:00.000Z", atEnd: "report" })],
        ending: { until: "2027-01-01T00:00:00.000Z" },
      },
      ["retentionMs|c1|acme.a| 7000 → 7000"],
    ],
    [
      "the same value with the same end is declared already",
      values({ "acme.a": "7000" }),
      {
        overrides: [override(7000, on("acme.a"), { until: "2027-01-01T00:00:00.000Z", atEnd: "report" })],
        ending: { until: "2027-01-01T00:00:00.000Z" },
      },
      [],
    ],
  ])("%s", (_, given, about, expected) => {
    const found = plan(given, about);
    expect(declared(found).toSorted()).toEqual(expected.toSorted());
    expect(found.operations.every(({ phase, unit }) => phase === "declare" && unit === "tenant:acme")).toBe(true);
  });

  test("it carries who declares it, why and until when", () => {
    const [operation] = plan(values({ "acme.a": "1000" }), {
      ending: { until: "2027-01-01T00:00:00.000Z", atEnd: "take-back" },
    }).operations;
    expect(JSON.parse(operation?.after ?? "null")).toEqual({
      setting: "retentionMs",
      value: 1000,
      on: on("acme.a"),
      ...DECLARING,
      until: "2027-01-01T00:00:00.000Z",
      atEnd: "take-back",
    });
  });

  test("nobody yet is no fault: the plan is the same but for that", () => {
    expect(declared(plan(values({ "acme.a": "1000" }), { declaring: null }))).toEqual(["retentionMs|c1|acme.a| - → 1000"]);
  });

  test("how many there are then is counted", () => {
    const overrides = [override(7000), override(9000, on("acme.a"))];
    expect(plan(all("3000"), { wholeTenant: true, overrides }).count).toBe(0);
    expect(plan(values({ "acme.b": "1000" }), { overrides }).count).toBe(3);
  });
});
