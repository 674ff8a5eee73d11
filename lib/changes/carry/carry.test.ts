import { describe, expect, it } from "vitest";
import { rankOf } from "@/lib/changes/rank";
import { DEFAULT_CHANGE_SETTINGS } from "@/lib/changes/settings";
import { quota, retention } from "@/lib/changes/testing/plans";
import { brakeEndKey } from "@/lib/domain/change/own-keys";
import type { RolloutOptions } from "@/lib/domain/change/request";
import type { OperationCounts } from "@/lib/domain/views/changes";
import { endSentence, endState } from "./end-state";
import { batchSize, batchTimeMs, isStoppedBy } from "./rollout";

describe("what a change comes to", () => {
  const cases: [OperationCounts, boolean, string][] = [
    [{ applied: 3 }, false, "applied"],
    [{}, false, "applied"],
    [{ applied: 3 }, true, "applied"],
    [{ applied: 2, unverified: 1 }, false, "unverified"],
    [{ unverified: 1 }, false, "unverified"],
    [{ applied: 2, failed: 1 }, false, "partly"],
    [{ unverified: 1, conflict: 1 }, false, "partly"],
    [{ applied: 1, "not-attempted": 5 }, true, "partly"],
    [{ failed: 1, "not-attempted": 2 }, false, "failed"],
    [{ conflict: 1 }, false, "failed"],
    [{ "not-attempted": 5 }, true, "cancelled"],
    [{ pending: 5 }, true, "cancelled"],
    [{ failed: 1, pending: 5 }, true, "cancelled"],
    [{ failed: 3 }, true, "failed"],
  ];
  it.each(cases)("%o, cancelled: %s", (counts, isCancelled, expected) => {
    expect(endState(counts, isCancelled)).toBe(expected);
  });

  it("is said in one sentence that names the first failure", () => {
    const first = { ...quota("acme"), index: 4, state: "failed" as const, message: "The broker refuses this.", at: null };
    expect(endSentence(undefined, { applied: 3 })).toBeNull();
    expect(endSentence(first, { failed: 1 })).toBe("producer_byte_rate of user acme on shared-1: The broker refuses this.");
    expect(endSentence({ ...first, target: retention("a.b").target }, { failed: 2, conflict: 1, unverified: 1 })).toBe(
      "retention.ms of the topic a.b on shared-1 (and 3 more): The broker refuses this.",
    );
  });
});

describe("a batch of a rollout", () => {
  const size = (rollout: RolloutOptions | null, more: { failed?: number; byMsk?: boolean; operations?: number } = {}) =>
    batchSize(
      { rollout, units: 100, counts: { applied: 50, pending: (more.operations ?? 200) - 50 } },
      { failed: more.failed ?? 0, byMsk: more.byMsk ?? false },
      DEFAULT_CHANGE_SETTINGS,
    );

  it.each([
    [size(null), 50],
    [size(null, { byMsk: true }), 10],
    [size(null, { operations: 10_000 }), 10],
    [size(null, { operations: 2_000, byMsk: true }), 5],
    [size(null, { operations: 1_000_000 }), 1],
    [size({ tenantsPerMinute: 1 }), 1],
    [size({ tenantsPerMinute: 60 }), 10],
    [size({ tenantsPerMinute: 6_000 }), 50],
    [size({ stopAfterFailures: 3 }), 3],
    [size({ stopAfterFailures: 3 }, { failed: 2 }), 1],
    [size({ stopAfterFailures: 3 }, { failed: 3 }), 3],
    [size({ stopAfterFailures: 1 }), 1],
  ])("is of %i units", (is, expected) => {
    expect(is).toBe(expected);
  });

  it("takes the time that its limit gives it", () => {
    expect(batchTimeMs({ rollout: { tenantsPerMinute: 30 } }, 5)).toBe(10_000);
    expect(batchTimeMs({ rollout: {} }, 5)).toBe(0);
    expect(batchTimeMs({ rollout: null }, 5)).toBe(0);
  });

  it.each([
    [undefined, 100, false],
    [3, 0, false],
    [3, 2, false],
    [3, 3, true],
    [3, 4, false],
    [3, 6, true],
  ])("with a limit of %s and %i failures stops: %s", (limit, failed, expected) => {
    expect(isStoppedBy({ rollout: limit === undefined ? null : { stopAfterFailures: limit } }, failed)).toBe(expected);
  });
});

describe("the rank of a change", () => {
  it.each([
    ["brake", 1, "k", 0],
    ["brake-release", 1, "k", 0],
    ["revert", 1, brakeEndKey(7, 1), 0],
    ["revert", 1, brakeEndKey(7, 2), 0],
    ["revert", 1, "k", 1],
    ["retention", 1, "k", 1],
    ["retention", 2, "k", 2],
    ["brake", 2, "k", 0],
  ] as const)("%s of %i units", (kind, units, idempotencyKey, expected) => {
    expect(rankOf({ kind, units, idempotencyKey })).toBe(expected);
  });

  it("knows each attempt to end a brake by a key of its own", () => {
    expect([brakeEndKey(7, 1), brakeEndKey(7, 2)]).toEqual(["brake-end-7", "brake-end-7-2"]);
  });
});
