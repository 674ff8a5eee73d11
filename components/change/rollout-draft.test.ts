import { expect, test } from "vitest";
import { NO_ROLLOUT, readRollout, tenantsOfPlan } from "./rollout-draft";
import { planView, retentionOperation } from "./testing/views";

const operations = ["acme", "brook", "acme"].map((id) => ({ ...retentionOperation(`${id}.orders`, "1", 1), unit: `tenant:${id}` }));
const plan = {
  ...planView({ kind: "retention", scope: { filter: "" }, retentionMs: 1 }),
  operations: [...operations, { ...operations[0], unit: "tier:gold" } as (typeof operations)[number]],
};
plan.counts = { ...plan.counts, operations: plan.operations.length, units: 3 };

test("the tenants of a plan, each once", () => expect(tenantsOfPlan(plan)).toEqual(["acme", "brook"]));

test("nothing typed is no option", () => expect(readRollout(NO_ROLLOUT, plan)).toEqual({ options: {}, problems: {} }));

test("what is typed, with any space or comma between ids", () => {
  expect(readRollout({ first: " acme,brook  acme", tenantsPerMinute: "60", stopAfterFailures: "1" }, plan)).toEqual({
    options: { first: ["acme", "brook"], tenantsPerMinute: 60, stopAfterFailures: 1 },
    problems: {},
  });
});

test.each(["0", "-1", "1.5", "1e3", "100001", "ten"])("%j is no count", (text) => {
  const { options, problems } = readRollout({ ...NO_ROLLOUT, tenantsPerMinute: text }, plan);
  expect(options).toEqual({});
  expect(problems.tenantsPerMinute).toContain("whole number");
});

test("a tenant that the change does not touch is no first one, unless not all of the plan is listed", () => {
  const draft = { ...NO_ROLLOUT, first: "acme nobody" };
  expect(readRollout(draft, plan).problems.first).toBe("Not part of this change: nobody.");
  expect(readRollout(draft, { ...plan, counts: { ...plan.counts, operations: 9000 } }).options.first).toEqual(["acme", "nobody"]);
});
