import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { QuotaEntity, QuotaRuleFact } from "@/lib/domain/facts";
import { effectiveQuota, effectiveQuotaOfKind, indexQuotas, kindOfStep } from "./effective";

/** Kafka's eight steps, the most specific first; the value of each rule is its step. */
const STEPS: [QuotaEntity, string][] = [
  [{ user: "acme", clientId: "app" }, "user acme, client-id app"],
  [{ user: "acme", clientId: null }, "user acme, default client-id"],
  [{ user: "acme" }, "user acme"],
  [{ user: null, clientId: "app" }, "default user, client-id app"],
  [{ user: null, clientId: null }, "default user, default client-id"],
  [{ user: null }, "default user"],
  [{ clientId: "app" }, "client-id app"],
  [{ clientId: null }, "default client-id"],
];
const key = "producer_byte_rate";
const rules: QuotaRuleFact[] = STEPS.map(([entity], step) => ({ entity, values: { [key]: step + 1 } }));
const identity = { user: "acme", clientId: "app" };

describe("precedence", () => {
  test.each(STEPS.map(([, entity], i) => [i + 1, entity] as const))("without the rules above, step %d wins: %s", (step, entity) => {
    const effective = effectiveQuota(indexQuotas(rules.slice(step - 1).toReversed()), key, identity);
    expect(effective).toMatchObject({ key, step, entity, value: step });
    expect(effective?.shadows.map((one) => [one.step, one.entity, one.value])).toEqual(
      STEPS.slice(step).map(([, words], i) => [step + 1 + i, words, step + 1 + i]),
    );
  });

  test("any set of rules: the lowest step wins, the others are shadowed in order", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(rules), (some) => {
        const steps = some.map(({ values }) => values[key] ?? 0).toSorted((a, b) => a - b);
        const effective = effectiveQuota(indexQuotas(some), key, identity);
        expect(effective === null ? [] : [effective.step, ...effective.shadows.map(({ step }) => step)]).toEqual(steps);
      }),
    );
  });

  test.each([
    ["a default-user rule silences every client-id rule", [6, 7], "default user"],
    ["a default-user rule for a client-id beats the default user", [4, 6], "default user, client-id app"],
  ])("%s", (_, steps, entity) => {
    expect(effectiveQuota(indexQuotas(rules.filter((_, i) => steps.includes(i + 1))), key, identity)?.entity).toBe(entity);
  });

  test.each([
    ["another user and client-id", { user: "bolt", clientId: "cli" }, [5, 6, 8]],
    ["another client-id", { user: "acme", clientId: "cli" }, [2, 3, 5, 6, 8]],
    ["a client-id not known", { user: "acme", clientId: null }, [2, 3, 5, 6, 8]],
    ["a user that did not count", { user: null, clientId: "app" }, [7, 8]],
  ])("%s matches steps %j", (_, who, steps) => {
    const effective = effectiveQuota(indexQuotas(rules), key, who);
    expect([effective?.step, ...(effective?.shadows.map(({ step }) => step) ?? [])]).toEqual(steps);
  });
});

test("a rule that sets another key neither wins nor shadows", () => {
  const index = indexQuotas([
    { entity: { user: "acme", clientId: "app" }, values: { consumer_byte_rate: 1 } },
    { entity: { user: "acme" }, values: { producer_byte_rate: 5 } },
  ]);
  expect(effectiveQuota(index, "producer_byte_rate", identity)).toEqual({ key, step: 3, entity: "user acme", value: 5, shadows: [] });
});

test("no rule is null, a rule of zero is zero", () => {
  expect(effectiveQuota(indexQuotas([]), key, identity)).toBeNull();
  expect(effectiveQuota(indexQuotas([{ entity: { user: "acme" }, values: { [key]: 0 } }]), key, identity)?.value).toBe(0);
});

test("rules on addresses bind connections, not users", () => {
  const index = indexQuotas([{ entity: { ip: null }, values: { connection_creation_rate: 3 } }]);
  expect(effectiveQuota(index, "connection_creation_rate", identity)).toBeNull();
});

test.each([
  ["user", 3, [4, 5, 6, 7, 8]],
  ["client-id", 7, [8]],
  ["pair", 1, [2, 3, 4, 5, 6, 7, 8]],
] as const)("where the broker says that it counted by %s, step %d is in force", (kind, step, shadows) => {
  const effective = effectiveQuotaOfKind(indexQuotas(rules), key, "acme", ["app"], kind);
  expect(effective?.step).toBe(step);
  expect(effective?.shadows.map((one) => one.step)).toEqual(shadows);
  expect(kindOfStep(step)).toBe(kind);
});

test("the kinds of rules present are kept for each key", () => {
  const index = indexQuotas([
    { entity: { user: "acme" }, values: { producer_byte_rate: 1, request_percentage: 2 } },
    { entity: { clientId: null }, values: { producer_byte_rate: 1 } },
    { entity: { user: null, clientId: "app" }, values: { consumer_byte_rate: 1 } },
  ]);
  expect([...index.kinds].map(([one, kinds]) => [one, [...kinds]])).toEqual([
    ["producer_byte_rate", ["user", "client-id"]],
    ["request_percentage", ["user"]],
    ["consumer_byte_rate", ["pair"]],
  ]);
});
