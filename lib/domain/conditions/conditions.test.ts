import { describe, expect, it } from "vitest";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { formatDuration } from "@/lib/domain/format";
import { measured, unavailable } from "@/lib/domain/observed";
import { type ClusterSnapshot, PARTS } from "@/lib/domain/snapshot";
import { tenantSentence } from "@/lib/domain/tenant-sentence";
import type { GroupSummary } from "@/lib/domain/views/lag";
import type { DirectionUse } from "@/lib/domain/views/use";
import { clusterFindings } from "./cluster-findings";
import { attentionOf, compareConditions, conditionId, type Finding, keptCondition, toCondition } from "./condition";
import { groupFindings } from "./group-findings";
import { tenantFindings } from "./tenant-findings";

const AT = "2026-03-01T12:00:00.000Z";
const use = (changes: Partial<DirectionUse> = {}): DirectionUse => ({
  state: "free",
  bytesPerSecond: measured(1_000_000, AT),
  worst: {
    brokerId: 2,
    bytesPerSecond: 900_000,
    source: "measured",
    quotaBytesPerSecond: 1_000_000,
    share: 0.9,
    throttleMs: 0,
    clusterId: "c",
    bucket: "user a",
  },
  buckets: [],
  throttleVisible: true,
  promise: { bytesPerSecond: 2_000_000, share: 0.5, state: "within" },
  note: null,
  ...changes,
});
function worst(): NonNullable<DirectionUse["worst"]> {
  const found = use().worst;
  if (found === null) throw new Error("no worst");
  return found;
}
const group = (changes: Partial<GroupSummary> = {}): GroupSummary => ({
  clusterId: "c",
  groupId: "a.billing",
  type: "classic",
  kafkaState: "Stable",
  hasMembers: true,
  owner: { kind: "tenant", tenantId: "a", by: "prefix" },
  topics: ["a.orders"],
  state: "ok",
  reason: null,
  recordsBehind: measured(1204, AT),
  timeBehindMs: measured(250_000, AT),
  retentionShare: 0.1,
  lostRecords: 0,
  stuckSince: null,
  commitsExpireAt: null,
  objectiveMs: 120_000,
  ...changes,
});
const tenant = (changes: object = {}) =>
  tenantFindings({
    tenantId: "a",
    produce: use(),
    consume: use(),
    ownGroups: [],
    clustersWithoutIdentity: [],
    ownTopicCount: 1,
    silentForMs: null,
    isOpen: () => false,
    sawLastLeave: () => false,
    ...changes,
  });
const rules = (findings: readonly Finding[]) => findings.map(({ rule, severity }) => `${severity} ${rule}`);

describe("a tenant", () => {
  it("that is well has nothing", () => expect(tenant()).toEqual([]));

  it.each<[DirectionUse["state"], string]>([
    ["near", "warn limit.near"],
    ["at-limit", "warn limit.at-limit"],
    ["throttled-below-promise", "danger limit.throttled-below-promise"],
    ["not-in-force", "warn limit.not-in-force"],
  ])("whose limit is %s has %s", (state, expected) =>
    expect(rules(tenant({ produce: use({ state, note: "Because." }) }))).toEqual([expected]),
  );

  it.each<DirectionUse["state"]>(["free", "idle", "no-limit", "unknown"])("whose limit is %s has nothing", (state) =>
    expect(tenant({ produce: use({ state }) })).toEqual([]),
  );

  it("above its promise is told so with the figures, whatever its quota", () => {
    const produce = use({ promise: { bytesPerSecond: 500_000, share: 2, state: "above" } });
    expect(tenant({ produce })).toMatchObject([{ rule: "promise.above", subject: "produce", sentence: expect.stringContaining("0.5") }]);
  });

  it("names the broker and the share when it is near", () => {
    expect(tenant({ consume: use({ state: "near" }) })[0]?.sentence).toMatch(/^Consume uses 90.% of its quota on broker 2/);
  });

  it("stays near its quota until it is clearly below, and only then it has to come near again", () => {
    const id = "limit.near|c|a|produce";
    const at = (share: number, open: boolean) => {
      const produce = use({ state: share >= 0.8 ? "near" : "free", worst: { ...worst(), share } });
      return rules(tenant({ produce, isOpen: (asked: string) => open && asked === id }));
    };
    expect(at(0.8, false)).toEqual(["warn limit.near"]);
    expect(at(0.79, true)).toEqual(["warn limit.near"]);
    expect(at(0.75, true)).toEqual(["warn limit.near"]);
    expect(at(0.749, true)).toEqual([]);
    expect(at(0.79, false)).toEqual([]);
  });

  it("shows the values behind its sentence, with their units", () => {
    expect(tenant({ produce: use({ state: "near" }) })[0]?.evidence).toEqual({
      brokerId: 2,
      bucket: "user a",
      bytesPerSecond: 900_000,
      quotaBytesPerSecond: 1_000_000,
      share: 0.9,
      throttleMs: 0,
      totalBytesPerSecond: 1_000_000,
      promiseBytesPerSecond: 2_000_000,
    });
  });

  it("is silent after a while, but only if it has topics of its own", () => {
    expect(rules(tenant({ silentForMs: 20 * 60_000 }))).toEqual(["info tenant.silent"]);
    expect(tenant({ silentForMs: 60_000 })).toEqual([]);
    expect(tenant({ silentForMs: 20 * 60_000, ownTopicCount: 0 })).toEqual([]);
  });

  it("without an identity is told so on each cluster", () => {
    expect(rules(tenant({ clustersWithoutIdentity: ["c", "d"] }))).toEqual(["info tenant.no-identity", "info tenant.no-identity"]);
  });
});

describe("a group", () => {
  it.each<[string, Partial<GroupSummary>, string[]]>([
    ["keeps up", {}, []],
    ["is behind", { state: "behind" }, ["warn lag.behind"]],
    ["is stuck", { state: "stuck", stuckSince: AT }, ["danger lag.stuck"]],
    ["is stuck and near loss", { state: "stuck", retentionShare: 0.85 }, ["danger lag.stuck", "danger lag.near-loss"]],
    ["has lost records", { state: "losing", lostRecords: 7, retentionShare: 1 }, ["danger lag.losing"]],
    ["has lost records and is stuck", { state: "stuck", lostRecords: 7 }, ["danger lag.losing", "danger lag.stuck"]],
    ["has no members and a backlog", { state: "no-members" }, ["info lag.no-members"]],
    ["has no members and nothing to read", { state: "no-members", recordsBehind: measured(0, AT) }, []],
    ["has no members and unknown lag", { state: "no-members", recordsBehind: unavailable("r", "m", AT) }, []],
    ["cannot be seen", { state: "unknown", recordsBehind: unavailable("r", "m", AT) }, []],
    ["is a share group", { state: "not-applicable", type: "share" }, []],
  ])("that %s", (_what, changes, expected) => expect(rules(groupFindings("a", group(changes), false))).toEqual(expected));

  it("without members asks for attention when the last one was seen leaving, and is only told where it was found so", () => {
    const left = group({ state: "no-members" });
    expect(rules(groupFindings("a", left, true))).toEqual(["warn lag.no-members"]);
    expect(rules(tenant({ ownGroups: [left], sawLastLeave: () => true }))).toEqual(["warn lag.no-members"]);
  });

  it("that cannot be seen has unknown values as null, never as zero", () => {
    const [finding] = groupFindings("a", group({ state: "stuck", timeBehindMs: unavailable("r", "m", AT) }), false);
    expect(finding?.evidence).toMatchObject({ recordsBehind: 1204, timeBehindMs: null });
  });

  it("that is at least so far behind is told as that", () => {
    const open = {
      timeBehindMs: { ...measured(90_000, AT), atLeast: true as const },
      recordsBehind: { ...measured(7, AT), atLeast: true as const },
    };
    const [behind, nearLoss] = groupFindings("a", group({ ...open, state: "behind", retentionShare: 0.85 }), false);
    expect(behind?.sentence).toContain(`at least 7 records and at least ${formatDuration(90_000)} behind`);
    expect(nearLoss?.sentence).toMatch(/behind by at least 85\s%/);
  });

  it("says until when the commits of an empty group are kept", () => {
    const [finding] = groupFindings("a", group({ state: "no-members", commitsExpireAt: "2026-03-08T12:00:00.000Z" }), false);
    expect(finding?.sentence).toContain("drops its commits on 2026-03-08 12:00 UTC");
  });
});

describe("a cluster", () => {
  const part = { at: AT, intervalMs: 15_000, problems: [] };
  const snapshot = (changes: Partial<ClusterSnapshot> = {}): ClusterSnapshot => ({
    clusterId: "c",
    name: "c",
    mode: "observe",
    version: 1,
    at: AT,
    parts: Object.fromEntries(PARTS.map((name) => [name, part])) as unknown as ClusterSnapshot["parts"],
    metadata: { kafkaClusterId: "k", controllerId: 1, brokers: [{ id: 1, host: "h1", port: 1, rack: null }], topics: new Map() },
    knownBrokers: new Map([[1, { id: 1, host: "h1", lastSeenAt: AT }]]),
    ends: new Map(),
    starts: new Map(),
    groups: new Map(),
    progress: new Map(),
    endHistory: new Map(),
    meters: new Map(),
    sizes: new Map(),
    dirs: [],
    quotas: [],
    acls: [],
    scramUsers: [],
    configs: new Map(),
    brokerConfigs: [],
    diskHistory: new Map(),
    msk: null,
    cloud: null,
    metadataFrom: "kafka",
    ...changes,
  });
  const find = (changes: object = {}) =>
    clusterFindings({
      snapshot: snapshot(),
      leaderlessPartitions: 0,
      underReplicatedPartitions: 0,
      unownedTopics: [],
      unownedGroups: [],
      ...changes,
    });

  it("that is whole has nothing", () => expect(find()).toEqual([]));

  it("names a broker that was seen and is gone", () => {
    const knownBrokers = new Map([
      [1, { id: 1, host: "h1", lastSeenAt: AT }],
      [2, { id: 2, host: "h2", lastSeenAt: AT }],
    ]);
    expect(find({ snapshot: snapshot({ knownBrokers }) })).toMatchObject([
      { rule: "broker.missing", severity: "danger", subject: "broker 2" },
    ]);
    expect(find({ snapshot: snapshot({ knownBrokers, metadata: null }) })).toEqual([]);
  });

  it("says which source failed, with its own words", () => {
    const problem = { code: "forbidden" as const, operation: "ListGroups", message: "Not allowed" };
    const parts = { ...snapshot().parts, offsets: { ...part, problems: [problem, problem] } };
    expect(find({ snapshot: snapshot({ parts }) })).toMatchObject([
      { rule: "source.missing", subject: "offsets", sentence: "ListGroups: Not allowed. And 1 more." },
    ]);
  });

  it("counts partitions without leader, without replicas, and what nobody claims", () => {
    const findings = find({ leaderlessPartitions: 2, underReplicatedPartitions: 1, unownedTopics: ["x", "y"], unownedGroups: ["g"] });
    expect(rules(findings)).toEqual([
      "danger partition.leaderless",
      "warn partition.under-replicated",
      "info topic.unowned",
      "info group.unowned",
    ]);
    expect(findings[2]?.sentence).toBe("x and 1 more: no tenant claims these topics.");
  });
});

describe("conditions in a list", () => {
  const finding = (rule: Finding["rule"], severity: Finding["severity"]): Finding => ({
    rule,
    severity,
    sentence: `${rule}.`,
    evidence: {},
    tenantId: "a",
    clusterId: "c",
    subject: "s",
  });
  const found = [
    finding("tenant.silent", "info"),
    finding("limit.near", "warn"),
    finding("lag.stuck", "danger"),
    finding("limit.throttled-below-promise", "danger"),
  ];

  it("come worst first, and the row shows the worst and how many more", () => {
    const sorted = found.map((one) => toCondition(one, EMPTY_MEMORY, AT)).toSorted(compareConditions);
    expect(sorted.map(({ rule }) => rule)).toEqual(["limit.throttled-below-promise", "lag.stuck", "limit.near", "tenant.silent"]);
    expect(attentionOf(sorted)).toEqual({ severity: "danger", label: "Throttled below promise", more: 3 });
    expect(tenantSentence(sorted, false).text).toBe("limit.throttled-below-promise. And 3 more things to know.");
    expect(attentionOf([])).toBeNull();
  });

  it("keep their beginning by their id", () => {
    const [first] = found as [Finding];
    const before = "2026-02-01T00:00:00.000Z";
    expect(toCondition(first, { ...EMPTY_MEMORY, conditionsSince: new Map([[conditionId(first), before]]) }, AT).since).toBe(before);
    expect(toCondition(first, EMPTY_MEMORY, AT).since).toBe(AT);
  });

  it("stay the very same while a finding that is kept says the same", () => {
    const [first] = found as [Finding];
    const known = { ...EMPTY_MEMORY, conditionsSince: new Map([[conditionId(first), AT]]) };
    const before = keptCondition(first, known, AT);
    expect(before).toEqual(toCondition(first, known, AT));
    const later = "2026-03-02T00:00:00.000Z";
    expect(keptCondition(first, known, later)).toBe(before);
    const seen = { until: "2026-04-01T00:00:00.000Z", by: "sam", reason: "known" };
    const acknowledged = { ...known, acknowledgements: new Map([[conditionId(first), seen]]) };
    expect(keptCondition(first, acknowledged, later)).toEqual(toCondition(first, acknowledged, later));
    expect(keptCondition(first, known, later)).toEqual(toCondition(first, known, later));
    expect(keptCondition({ ...first }, EMPTY_MEMORY, later).since).toBe(later);
  });

  it("of a tenant that cannot be seen whole are not called well", () => {
    expect(tenantSentence([], true).text).toContain("cannot be seen");
  });
});
