import { expect, it } from "vitest";
import { consequence } from "@/lib/domain/change/draft";
import type { Plan } from "@/lib/domain/change/plan";
import { moved } from "./moved";

function plan(values: Record<string, [before: string | null, after: string | null]>, worst: "loss" | "fine" = "fine"): Plan {
  return {
    request: { kind: "tier-archive", tierId: "gold", archived: true },
    title: "",
    operations: Object.entries(values).map(([topic, [before, after]]) => ({
      target: { kind: "topic-config", clusterId: "c1", topic, key: "retention.ms" },
      before,
      after,
      phase: "tighten",
      unit: `topic:c1/${topic}`,
      note: null,
    })),
    consequences: [consequence({ class: worst, sentence: "…" })],
    refusals: [],
    leftOut: [],
    picture: null,
    confirm: { reasonRequired: false, typeName: null },
    means: "",
    patch: null,
  };
}

it("names every value that is not what the plan showed, and a consequence that became worse", () => {
  const then = plan({ a: ["1", "5"], b: [null, "5"], c: ["2", "5"], gone: ["3", "5"] });
  const now = plan({ a: ["9", "5"], b: [null, "5"], c: ["2", "6"], added: ["4", "5"] }, "loss");
  expect(moved(then, now)).toEqual([
    { path: "topic c1 a retention.ms", message: "was 1 and is 9 now" },
    { path: "topic c1 c retention.ms", message: "would become 6, not 5" },
    { path: "topic c1 added retention.ms", message: "was not to be changed, and would be now: 4 to 5" },
    { path: "topic c1 gone retention.ms", message: "has the new value already" },
    { path: "consequences", message: 'the worst is now "loss" and was "fine"' },
  ]);
  expect(moved(then, then)).toEqual([]);
});

it("does not take the reason of an override, which is typed after the plan was seen, for a value that moved", () => {
  const declares = (value: number, reason: string): Plan => {
    const [operation] = plan({ a: [null, null] }).operations;
    if (operation === undefined) throw new Error("one operation");
    const after = JSON.stringify({ setting: "retentionMs", value, reason, author: "ada", at: reason });
    const target = { kind: "override" as const, tenantId: "acme", setting: "retentionMs" as const };
    return { ...plan({}), operations: [{ ...operation, target, after }] };
  };
  expect(moved(declares(5, "not given yet"), declares(5, "OPS-1"))).toEqual([]);
  expect(moved(declares(5, "OPS-1"), declares(6, "OPS-1"))).toHaveLength(1);
});
