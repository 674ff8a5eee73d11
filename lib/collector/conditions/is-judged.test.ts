import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/collector/settings";
import { emptySnapshot } from "@/lib/collector/snapshot/empty-snapshot";
import { CONNECTION } from "@/lib/collector/testing/fake-cluster";
import { fleetOf, state, tenant, use } from "@/lib/collector/testing/fake-fleet";
import type { TenantState } from "@/lib/domain/fleet";
import { measured } from "@/lib/domain/observed";
import type { ClusterPosture } from "@/lib/domain/posture/posture";
import type { ClusterSnapshot, Part, PartState } from "@/lib/domain/snapshot";
import type { ConditionView } from "@/lib/domain/views/common";
import { isJudged } from "./is-judged";

const NOW = Date.parse("2026-01-01T01:00:00.000Z");
const ago = (ms: number): string => new Date(NOW - ms).toISOString();
const acme = tenant("acme", "shared-1");

function condition(rule: string, subject: string, tenantId: string | null = "acme"): ConditionView {
  return {
    id: rule,
    rule,
    severity: "warn",
    label: "",
    sentence: "",
    evidence: {},
    tenantId,
    clusterId: "shared-1",
    subject,
    since: ago(0),
    until: null,
    acknowledged: null,
  };
}

function cluster(parts: Partial<Record<Part, Partial<PartState>>>): ClusterSnapshot {
  const empty = emptySnapshot(CONNECTION, DEFAULT_SETTINGS.intervals, ago(0));
  const merged = { ...empty.parts };
  for (const [part, more] of Object.entries(parts)) merged[part as Part] = { ...merged[part as Part], ...more };
  return { ...empty, parts: merged };
}

function judged(of: ConditionView, tenants: TenantState[], parts: Partial<Record<Part, Partial<PartState>>> = {}): boolean {
  return isJudged(of, fleetOf([cluster(parts)], tenants), NOW);
}

describe("the absence of a condition", () => {
  it.each([
    ["limit.near", "produce", use(measured(1, ago(0))), true],
    ["limit.near", "produce", use(measured(1, ago(0)), [], { state: "unknown" }), false],
    ["promise.above", "produce", use(measured(1, ago(0)), [], { promise: { bytesPerSecond: 1, share: null, state: "unknown" } }), false],
    ["promise.above", "produce", use(measured(1, ago(0))), true],
    ["tenant.silent", "produce", use(measured(1, ago(0)), [], { state: "unknown" }), false],
  ] as const)("of %s on %s counts by what is known of that direction", (rule, subject, produce, expected) => {
    expect(judged(condition(rule, subject), [state(acme, { produce })])).toBe(expected);
  });

  it.each<[what: string, pool: { unseen: string | null; endedMsAgo: number } | null, expected: boolean]>([
    ["was judged", { unseen: null, endedMsAgo: 3_600_000 }, true],
    ["could not be judged", { unseen: "Not sampled.", endedMsAgo: 0 }, false],
    ["is long ago", { unseen: null, endedMsAgo: 4 * 3_600_000 }, false],
    ["was not yet judged", null, false],
  ])("of what is said of a pool's tenant counts where its last hour %s", (_, pool, expected) => {
    const fleet = fleetOf([cluster({})], []);
    const noise = { clusterId: "shared-1", at: ago(0), levels: [], brokers: [], episodes: [], findings: [], unseen: null };
    const untilMs = NOW - (pool?.endedMsAgo ?? 0);
    const hour = { clusterId: "shared-1", fromMs: untilMs - 3_600_000, untilMs, levels: [], episodes: [], findings: [] };
    const judgedNoise = pool === null ? noise : { ...noise, pool: { ...hour, unseen: pool.unseen } };
    expect(isJudged(condition("noise.noisy", "pool in"), { ...fleet, noise: new Map([["shared-1", judgedNoise]]) }, NOW)).toBe(expected);
  });

  it("of what is said of a tenant that is gone counts", () => {
    expect(judged(condition("limit.near", "produce"), [])).toBe(true);
  });

  it("of a lag counts only with a fresh sweep that knows the group, or knows that it is gone", () => {
    const fresh = { offsets: { at: ago(40_000) } };
    expect(judged(condition("lag.stuck", "group a"), [], fresh)).toBe(true);
    expect(judged(condition("lag.stuck", "group a"), [], { offsets: { at: ago(46_000) } })).toBe(false);
    expect(judged(condition("lag.stuck", "group a"), [], {})).toBe(false);
  });

  it("of a missing broker counts only with fresh metadata", () => {
    expect(judged(condition("broker.missing", "broker 2", null), [], { metadata: { at: ago(1_000) } })).toBe(true);
    expect(judged(condition("broker.missing", "broker 2", null), [], { metadata: { at: ago(600_000) } })).toBe(false);
  });

  it("of a missing source counts once it was tried", () => {
    expect(judged(condition("source.missing", "acls", null), [])).toBe(false);
    expect(judged(condition("source.missing", "acls", null), [], { acls: { at: ago(0) } })).toBe(true);
  });

  it.each<[string, Parameters<typeof judged>[2], boolean]>([
    ["drift.quota", { quotas: { at: ago(1_000) }, metadata: { at: ago(1_000) } }, true],
    ["drift.quota", { configs: { at: ago(1_000) }, metadata: { at: ago(1_000) } }, false],
    ["drift.quota", { quotas: { at: ago(1_000) }, metadata: { at: ago(600_000) } }, false],
    ["drift.retention", { configs: { at: ago(1_000) }, metadata: { at: ago(1_000) } }, true],
    ["drift.message-size", { metadata: { at: ago(1_000) } }, false],
    ["drift.override-over", {}, true],
    ["brake.active", {}, true],
  ])("of %s counts by what the values are told by: %j", (rule, parts, expected) => {
    expect(judged(condition(rule, "x"), [state(acme)], parts)).toBe(expected);
  });

  it("of anything on a cluster that is no longer watched counts", () => {
    expect(isJudged(condition("broker.missing", "broker 2", null), fleetOf([], []), NOW)).toBe(true);
  });

  it.each<[string, ClusterPosture | null, boolean]>([
    ["was never checked", null, false],
    ["was checked", { at: ago(0), findings: [], unseen: {}, partly: {} }, true],
    ["could not be checked", { at: ago(0), findings: [], unseen: { "erasure.late": "Not read." }, partly: {} }, false],
    ["was checked in part", { at: ago(0), findings: [], unseen: {}, partly: { "erasure.late": "One is refused." } }, true],
  ])("of a posture finding on a cluster that %s", (_what, posture, expected) => {
    const fleet = fleetOf([cluster({})], []);
    const swept = posture === null ? fleet : { ...fleet, posture: new Map([["shared-1", posture]]) };
    expect(isJudged(condition("erasure.late", "topics"), swept, NOW)).toBe(expected);
  });

  it("of a posture finding on a cluster that is gone counts", () => {
    expect(isJudged(condition("erasure.late", "topics"), fleetOf([], []), NOW)).toBe(true);
  });
});
