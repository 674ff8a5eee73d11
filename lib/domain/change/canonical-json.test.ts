import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, fingerprintParts } from "./canonical-json";

const textOf = (...given: Parameters<typeof fingerprintParts>): string => [...fingerprintParts(...given)].join("");

import type { PlannedOperation } from "./operation";
import type { ChangeRequest } from "./request";

/** The same value with the keys of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

describe("canonical JSON", () => {
  it.each<[string, unknown, string]>([
    ["keys in order, at every depth", { b: { d: 1, c: [{ f: 1, e: 2 }] }, a: null }, '{"a":null,"b":{"c":[{"e":2,"f":1}],"d":1}}'],
    ["the order of a list as it is", [2, 1], "[2,1]"],
    ["keys by their code units", { é: 1, z: 2, Z: 3, "10": 4, "9": 5 }, '{"10":4,"9":5,"Z":3,"z":2,"é":1}'],
    ["nothing of what is undefined", { a: undefined, b: 1 }, '{"b":1}'],
    ["null where a list has a gap", [undefined, 1], "[null,1]"],
    ["text with its escapes", 'a"\n\u0000\ud800', '"a\\"\\n\\u0000\\ud800"'],
    ["numbers as JSON has them", [1e21, 0.1, -0], "[1e+21,0.1,0]"],
    ["a word alone", "gold", '"gold"'],
  ])("has %s", (_what, value, text) => expect(canonicalJson(value)).toBe(text));

  it("is JSON of the same value, and one text for it whatever the order of its keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
        expect(canonicalJson(reversed(plain))).toBe(canonicalJson(plain));
      }),
      { seed: 3 },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, () => 1, 1n])("has no word for %s", (value) => {
    expect(() => canonicalJson({ value: [value] })).toThrow(TypeError);
  });
});

describe("what a fingerprint is made of", () => {
  const request: ChangeRequest = { kind: "tier", scope: { tenantIds: ["acme"] }, tierId: "gold", dropOverrides: [] };
  const operation: PlannedOperation = {
    target: { kind: "quota", clusterId: "c", entity: { user: "acme" }, key: "producer_byte_rate" },
    before: null,
    after: "1000",
    phase: "tighten",
    unit: "tenant:acme",
    note: "3 kB/s × 1 / 3 brokers",
  };
  const text = textOf(request, [operation], "throttles");

  it.each<[string, string]>([
    ["the request", textOf({ ...request, tierId: "silver" } as ChangeRequest, [operation], "throttles")],
    ["a value before", textOf(request, [{ ...operation, before: "1" }], "throttles")],
    ["a value after", textOf(request, [{ ...operation, after: null }], "throttles")],
    ["a target", textOf(request, [{ ...operation, target: { kind: "tenant-tier", tenantId: "acme" } }], "throttles")],
    ["the worst consequence", textOf(request, [operation], "loss")],
    ["that there is none", textOf(request, [operation], null)],
    ["one more operation", textOf(request, [operation, operation], "throttles")],
  ])("is another with %s", (_what, other) => expect(other).not.toBe(text));

  it("is the same with another note, number of bytes, or order of keys", () => {
    const noted = {
      ...operation,
      note: "measured anew",
      deletesBytes: { source: "measured" as const, value: 1, at: "2026-06-01T09:00:00Z" },
    };
    expect(textOf(reversed(request) as ChangeRequest, [noted], "throttles")).toBe(text);
  });

  it("is the same whoever declares an override, why and since when, and another with another value or end", () => {
    const declared = (changes: object) => {
      const override = { setting: "retentionMs", value: 5, author: "ada", reason: "a", at: "2026-06-01T09:00:00Z", ...changes };
      const target = { kind: "override" as const, tenantId: "acme", setting: "retentionMs" as const };
      return textOf(request, [{ ...operation, target, after: canonicalJson(override) }], null);
    };
    expect(declared({ author: "bob", reason: "b", at: "2026-06-02T09:00:00Z" })).toBe(declared({}));
    expect(declared({ value: 6 })).not.toBe(declared({}));
    expect(declared({ until: "2026-07-01T09:00:00Z" })).not.toBe(declared({}));
  });
});
