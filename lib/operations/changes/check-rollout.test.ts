import { describe, expect, it } from "vitest";
import type { RolloutOptions } from "@/lib/domain/change/request";
import { checkRollout } from "./check-rollout";

/** A rollout of a plan of these units. */
function check(rollout: RolloutOptions | undefined, ...units: string[]): void {
  const target = { kind: "tenant-tier" as const, tenantId: "a" };
  const operations = units.map((unit) => ({ target, before: null, after: "1", phase: "declare" as const, unit, note: null }));
  checkRollout({ operations }, rollout);
}

describe("how a change goes forward", () => {
  it.each<[string, RolloutOptions | undefined, string[]]>([
    ["at once", undefined, ["tenant:a"]],
    ["at once for several", undefined, ["tenant:a", "tenant:b"]],
    ["with first tenants of its own", { first: ["b"] }, ["tenant:a", "tenant:b"]],
    ["with first tenants beside a tier", { first: ["b"] }, ["tier:gold", "tenant:b"]],
    ["so many a minute", { tenantsPerMinute: 5 }, ["tenant:a", "tenant:b"]],
  ])("may be %s", (_, rollout, units) => {
    expect(() => check(rollout, ...units)).not.toThrow();
  });

  it.each<[string, RolloutOptions, string[], string]>([
    ["first tenants it does not change", { first: ["b", "x"] }, ["tenant:a", "tenant:b"], "rollout.first"],
    ["a tenant named like another unit", { first: ["gold"] }, ["tier:gold", "tenant:b"], "rollout.first"],
    ["first tenants, where it is of one", { first: ["a"] }, ["tenant:a"], "rollout"],
    ["a pace, where it is of one, as a brake is", { tenantsPerMinute: 1 }, ["tenant:a", "tenant:a"], "rollout"],
  ])("is refused with %s", (_, rollout, units, path) => {
    expect(() => check(rollout, ...units)).toThrow(
      expect.objectContaining({ code: "invalid", details: [expect.objectContaining({ path })] }),
    );
  });
});
