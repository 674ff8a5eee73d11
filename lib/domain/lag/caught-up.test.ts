import { describe, expect, it } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import type { TenantState } from "@/lib/domain/fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { measured, type Observed, unavailable } from "@/lib/domain/observed";
import { AT, type ClusterSpec, cluster, registry, rule, tenant } from "@/lib/domain/testing/cluster-fixture";
import { caughtUpGroups } from "./caught-up";

function stateOf(spec: ClusterSpec): TenantState {
  const clusters = [cluster({ topics: ["acme.orders"], ...spec })];
  const state = assembleFleet({ registry: registry([tenant("acme")]), clusters, memory: EMPTY_MEMORY, at: AT }).fleet.tenants.get("acme");
  if (state === undefined) throw new Error("no tenant");
  return state;
}

/** A group of which 1,200 records wait; 300 B/s in records of 100 B are written, and so much is read. */
function late(readBytesPerSecond: Observed<number>, spec: ClusterSpec = {}): TenantState {
  const groups = { "acme.reader": { behind: { "acme.orders": 400 } } };
  const state = stateOf({ groups, rates: { "acme.orders": [100, 100, 100] }, ...spec });
  const topics = state.topics.map((topic) => ({ ...topic, bytesOutPerSecond: readBytesPerSecond }));
  return { ...state, topics };
}

const read = (bytesPerSecond: number) => measured(bytesPerSecond, AT);
const only = (state: TenantState) => {
  const [one, ...others] = caughtUpGroups(state);
  expect(others).toEqual([]);
  return one;
};

describe("caught up in", () => {
  it("is the backlog over what is read beyond what is written", () => {
    // 1,200 records of 100 B, drained at 700 - 300 B/s.
    expect(only(late(read(700)))).toMatchObject({ groupId: "acme.reader", clusterId: "c1", inMs: 300_000 });
  });

  it("is not sooner than the consume quota allows", () => {
    // Three brokers of 150 B/s: 450 - 300 B/s.
    const one = only(late(read(700), { quotas: [rule({ user: "acme" }, 1000, 150)] }));
    expect(one).toMatchObject({ inMs: 800_000, arithmetic: expect.stringContaining(", its quota,") });
  });

  it("is not held to a quota by a principal that has one, where another has none", () => {
    const state = late(read(1500), { quotas: [rule({ user: "acme" }, 1000, 150)] });
    const buckets = state.consume.buckets.flatMap((bucket) => [
      bucket,
      { ...bucket, quota: null, brokers: bucket.brokers.map((broker) => ({ ...broker, quotaBytesPerSecond: null })) },
    ]);
    // 1,200 records of 100 B, drained at 1,500 - 300 B/s.
    expect(only({ ...state, consume: { ...state.consume, buckets } })).toMatchObject({ inMs: 100_000 });
  });

  it("says at least where a part of the records cannot be seen", () => {
    const state = late(read(700));
    const groups = state.groups.map((group) => ({
      ...group,
      recordsBehind: { ...measured(1200, AT), atLeast: true as const },
    }));
    expect(only({ ...state, groups })).toMatchObject({
      inMs: 300_000,
      atLeast: true,
      arithmetic: expect.stringContaining("at least 1,200"),
    });
    expect(only(state)).not.toHaveProperty("atLeast");
  });

  it.each<[string, TenantState, string]>([
    ["at a pace that does not drain", late(read(300)), "Never at this pace: 1,200 records"],
    ["at a pace that takes longer than anyone waits", late(read(300.01)), "Not within 30 days"],
    [
      "without members",
      late(read(700), { groups: { "acme.reader": { behind: { "acme.orders": 400 }, state: "Empty" } } }),
      "Never: the group has no members.",
    ],
    [
      "without commits",
      late(read(700), { groups: { "acme.reader": { behind: { "acme.orders": 400 }, movedMsAgo: 3_600_000 } } }),
      "Never at this pace: the group does not commit.",
    ],
    [
      "where the rates cannot be seen",
      late(unavailable("No exporter.", "Ask for one.", AT)),
      "Not known: the rates of the topics it reads cannot be seen",
    ],
    [
      "where a part of the rates cannot be seen",
      late({ ...read(700), atLeast: true }),
      "Not known: the rates of the topics it reads cannot be seen, or not whole.",
    ],
    [
      "where it reads topics of others as well, of which records wait too",
      late(read(700), {
        topics: ["acme.orders", "kestrel.orders"],
        groups: { "acme.reader": { behind: { "acme.orders": 400, "kestrel.orders": 400 } } },
      }),
      "Not known: not all topics it reads are seen as the tenant's",
    ],
    ["where nothing is written", late(read(700), { rates: {} }), "Not known: nothing is written"],
    [
      "where others read the same",
      late(read(700), {
        groups: { "acme.reader": { behind: { "acme.orders": 400 } }, "acme.other": { behind: { "acme.orders": 0 } } },
      }),
      "Not known: several groups read its topics",
    ],
  ])("is no time %s", (_, state, words) => {
    expect(only(state)).toMatchObject({ inMs: null, arithmetic: expect.stringContaining(words) });
  });

  it("is not told of a group that keeps up, or of which it is not known whether it does", () => {
    expect(only(late(read(700), { groups: { "acme.reader": { behind: { "acme.orders": 0 } } } }))).toBeUndefined();
    const state = late(read(700));
    const groups = state.groups.map((group) => ({ ...group, state: "unknown" as const }));
    expect(only({ ...state, groups })).toBeUndefined();
  });
});
