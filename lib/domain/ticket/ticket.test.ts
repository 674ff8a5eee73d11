import { describe, expect, it } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { caughtUpGroups } from "@/lib/domain/lag/caught-up";
import type { ClusterNoise } from "@/lib/domain/noise/noise";
import type { PoolEpisode, PoolLevel } from "@/lib/domain/noise/pool/pool-noise";
import { AT, AT_MS, type ClusterSpec, client, cluster, registry, rule, tenant } from "@/lib/domain/testing/cluster-fixture";
import type { ConditionView } from "@/lib/domain/views/common";
import type { ChecklistItem } from "@/lib/domain/views/ticket";
import type { TicketPast } from "./answers";
import { checklist } from "./checklist";
import { ticketMarkdown } from "./ticket-markdown";

function fleetOf(spec: ClusterSpec, noise?: ClusterNoise): FleetSnapshot {
  const clusters = [cluster({ topics: ["acme.orders"], ...spec })];
  const tenants = [tenant("acme"), tenant("kestrel")];
  return assembleFleet({
    registry: registry(tenants),
    clusters,
    memory: EMPTY_MEMORY,
    at: AT,
    ...(noise === undefined ? {} : { noise: new Map([["c1", noise]]) }),
  }).fleet;
}

function stateOf(fleet: FleetSnapshot) {
  const state = fleet.tenants.get("acme");
  if (state === undefined) throw new Error("no tenant");
  return state;
}

function answerOf(id: ChecklistItem["id"], spec: ClusterSpec, noise?: ClusterNoise): ChecklistItem {
  const fleet = fleetOf(spec, noise);
  return itemOf(checklist(fleet, stateOf(fleet), { ...TIME, past: NOTHING_KEPT }), id);
}

function itemOf(items: readonly ChecklistItem[], id: ChecklistItem["id"]): ChecklistItem {
  const item = items.find((one) => one.id === id);
  if (item === undefined) throw new Error("no such question");
  return item;
}

const TIME = { fromMs: AT_MS - 3_600_000, toMs: AT_MS, isNow: true };
const NOTHING_KEPT: TicketPast = {
  stepMs: 60_000,
  minutesSeen: 0,
  lagMinutesSeen: 0,
  lagMinutesJudged: 0,
  lagMinutesMissed: 0,
  lagMaxMs: null,
  lagMaxRecords: null,
  throttleMinutesKnown: 0,
  minutesThrottled: 0,
  minutesThrottledBelow: 0,
  throttleMaxMs: null,
  episodes: [],
};
const KEPT: TicketPast = {
  ...NOTHING_KEPT,
  stepMs: 300_000,
  minutesSeen: 60,
  lagMinutesSeen: 60,
  lagMinutesJudged: 60,
  throttleMinutesKnown: 50,
};

const QUIET: ClusterNoise = { clusterId: "c1", at: AT, levels: [], brokers: [], episodes: [], findings: [], unseen: null };
const HURT: ClusterNoise = {
  ...QUIET,
  episodes: [
    {
      level: {
        tenantId: "kestrel",
        brokerId: 2,
        resource: "in",
        rate: 1,
        brokerRate: 2,
        share: 0.5,
        entitlement: 0.1,
        times: 5,
        verdict: "noisy",
        sinceMs: AT_MS,
        source: "measured",
      },
      pressure: { brokerId: 2, signs: [], sinceMs: AT_MS, unseen: [] },
      peak: 0.5,
      victims: [
        {
          groupId: "acme.reader",
          tenantId: "acme",
          tenantCount: 1,
          beforeMs: 0,
          nowMs: 60_000,
          beforeRecords: 0,
          nowRecords: 9,
          objectiveMs: null,
        },
      ],
      mechanism: { what: "fetch", beforeMs: 8, nowMs: 95 },
      causes: [],
    },
  ],
};
const group = (behind: number, more: object = {}) => ({ groups: { "acme.reader": { behind: { "acme.orders": behind }, ...more } } });

describe("the questions of a ticket", () => {
  it.each<[ChecklistItem["id"], string, ClusterSpec, ClusterNoise | undefined, ChecklistItem["answer"]]>([
    ["lag", "a group past its objective", group(400), undefined, "yes"],
    ["lag", "a group in time", group(0), undefined, "no"],
    ["lag", "no group", {}, undefined, "unseen"],
    ["throttling", "no quota", {}, undefined, "no"],
    ["throttling", "quotas that cannot be read", { quotas: null }, undefined, "unseen"],
    [
      "throttling",
      "a throttled client",
      { quotas: [rule({ user: "acme" }, 1000)], clients: { 1: [client("acme", 999, { produceThrottleMs: 420 })] } },
      undefined,
      "yes",
    ],
    [
      "throttling",
      "clients that are not",
      { quotas: [rule({ user: "acme" }, 1000)], clients: { 1: [client("acme", 10)] } },
      undefined,
      "no",
    ],
    ["stuck", "commits that do not move", group(400, { movedMsAgo: 600_000 }), undefined, "yes"],
    ["stuck", "commits that do", group(0), undefined, "no"],
    ["stuck", "a group without members", group(50, { state: "Empty" }), undefined, "yes"],
    ["commits", "records lost unread", group(950), undefined, "yes"],
    ["commits", "commits above the start", group(0), undefined, "no"],
    ["neighbour", "nothing judged", {}, undefined, "unseen"],
    ["neighbour", "nobody noisy", {}, QUIET, "no"],
    ["neighbour", "somebody noisy while its group fell behind", group(400), HURT, "yes"],
    ["broker", "a dead broker", { deadBrokers: [3] }, undefined, "yes"],
    ["broker", "all alive", {}, undefined, "no"],
    ["operation", "no word from AWS", {}, undefined, "unseen"],
    ["access", "rules that say nothing against it", {}, undefined, "unseen"],
  ])("%s with %s", (id, _, spec, noise, answer) => {
    const item = answerOf(id, spec, noise);
    expect([item.answer, item.evidence.length > 10]).toEqual([answer, true]);
  });

  it("tell of a neighbour in the pool by the hour, with the interval, to a tenant whose shared group fell behind", () => {
    const fromMs = AT_MS - 3_600_000;
    const level: PoolLevel = {
      tenantId: "kestrel",
      resource: "in",
      source: "estimated",
      rate: { low: 7e6, value: 8e6, high: 9e6 },
      clusterRate: 2e7,
      share: { low: 0.35, value: 0.4, high: 0.45 },
      promiseBytesPerSecond: 1e6,
      promise: "above",
      because: null,
      entitlement: 0.1,
      times: { low: 3.5, value: 4, high: 4.5 },
      verdict: "noisy",
      sinceMs: fromMs,
    };
    const victim = {
      groupId: "acme.reader",
      tenantId: null,
      tenantCount: 2,
      beforeMs: null,
      nowMs: null,
      beforeRecords: 0,
      nowRecords: 9,
      objectiveMs: null,
    };
    const episode: PoolEpisode = { level, verdict: "noisy", pressures: [], peak: 0.35, victims: [victim], mechanism: null, causes: [] };
    const pool = { clusterId: "c1", fromMs, untilMs: AT_MS, levels: [level], episodes: [episode], findings: [], unseen: null };
    const item = answerOf("neighbour", group(400), { ...QUIET, pool });
    expect(item.answer).toBe("yes");
    expect(item.evidence.replaceAll(/[\u00a0\u202f]/g, " ")).toBe(
      "kestrel took 40 % (35 % to 45 %) of what its cluster received in the hour 2026-11-23 09:00 to 10:00 UTC, above its promise, and acme.reader fell behind in the same hour. No mechanism was measured.",
    );
    expect(item.forward).not.toMatch(/kestrel|acme/);
    const own = { ...episode, level: { ...level, tenantId: "acme" } };
    expect(answerOf("neighbour", group(400), { ...QUIET, pool: { ...pool, episodes: [own] } })).toMatchObject({
      answer: "no",
      evidence: expect.stringContaining("It is itself noisy in the pool"),
    });
    expect(answerOf("neighbour", group(400), { ...QUIET, pool: { ...pool, episodes: [{ ...episode, victims: [] }] } }).answer).toBe("no");
  });

  it("name the neighbour to us, and not to the customer", () => {
    const item = answerOf("neighbour", group(400), HURT);
    expect(item.evidence).toContain("kestrel");
    expect(item.forward).not.toContain("kestrel");
    expect(item.forward).toContain("Another workload takes");
  });

  it("are one text for us and one for the customer", () => {
    const fleet = fleetOf(group(400), HURT);
    const state = stateOf(fleet);
    const ticket = {
      tenantId: "acme",
      tenantName: "Acme",
      from: AT,
      to: AT,
      isNow: true,
      stepMs: null,
      checklist: checklist(fleet, state, { ...TIME, past: NOTHING_KEPT }),
      caughtUp: caughtUpGroups(state),
      episodes: [
        {
          id: "1",
          rule: "x",
          severity: "warn" as const,
          label: "Noisy",
          sentence: "kestrel on b2",
          evidence: {},
          tenantId: null,
          clusterId: null,
          subject: "",
          since: AT,
          until: null,
          acknowledged: null,
        },
      ],
      at: AT,
    };
    expect(ticketMarkdown(ticket, "internal", "https://console.internal")).toContain("kestrel on b2");
    const forward = ticketMarkdown(ticket, "forward", "https://console.internal");
    for (const name of ["kestrel", "console.internal", "b2"]) expect(forward).not.toContain(name);
    expect(forward).toContain("acme.reader");
    const least = { groupId: "acme.reader", clusterId: "c1", inMs: 300_000, atLeast: true as const, arithmetic: "a." };
    expect(ticketMarkdown({ ...ticket, caughtUp: [least] }, "forward", "")).toMatch(/acme\.reader: caught up in at least 5\sm/);
  });
});

const episode = (rule: string, more: Partial<ConditionView> = {}): ConditionView => ({
  id: rule,
  rule,
  severity: "warn",
  label: "Label",
  sentence: "kestrel on b2.",
  evidence: {},
  tenantId: "acme",
  clusterId: "c1",
  subject: "group acme.reader",
  since: "2026-11-23T09:10:00.000Z",
  until: "2026-11-23T09:20:00.000Z",
  acknowledged: null,
  ...more,
});
const noisy = (victims: string) =>
  episode("noise.noisy", { tenantId: "kestrel", subject: "broker 2 in", evidence: { victims, mechanism: "fetch 8 to 95 ms" } });

describe("the questions of a ticket about a time that is over", () => {
  const then = (id: ChecklistItem["id"], past: TicketPast) => {
    const fleet = fleetOf({ ...group(0), deadBrokers: [3] });
    return itemOf(checklist(fleet, stateOf(fleet), { ...TIME, isNow: false, past }), id);
  };

  it.each<[ChecklistItem["id"], string, TicketPast, ChecklistItem["answer"], string]>([
    ["lag", "nothing kept", NOTHING_KEPT, "unseen", "Nothing is kept"],
    ["lag", "an objective missed", { ...KEPT, lagMinutesMissed: 12, lagMaxMs: 540_000 }, "yes", "in 12 of 60 minutes that are kept, by 5"],
    ["lag", "an objective met", { ...KEPT, lagMaxRecords: 7 }, "no", "at most 7 records behind"],
    [
      "lag",
      "an episode without an objective",
      { ...KEPT, lagMinutesJudged: 0, episodes: [episode("lag.stuck")] },
      "yes",
      "acme.reader fell behind",
    ],
    ["lag", "no objective", { ...KEPT, lagMinutesJudged: 0 }, "unseen", "No objective"],
    ["throttling", "nothing kept", NOTHING_KEPT, "unseen", "Nothing is kept"],
    ["throttling", "not measured", { ...KEPT, throttleMinutesKnown: 0 }, "unseen", "not measured in 60 minutes"],
    ["throttling", "measured, and none", KEPT, "no", "any of 50 minutes"],
    [
      "throttling",
      "held back inside its promise",
      { ...KEPT, minutesThrottled: 9, minutesThrottledBelow: 4, throttleMaxMs: 420 },
      "yes",
      "In 4 of them it was inside",
    ],
    [
      "stuck",
      "an episode",
      { ...KEPT, episodes: [episode("lag.stuck")] },
      "yes",
      "did not commit while records waited from 2026-11-23 09:10",
    ],
    ["stuck", "none on record", KEPT, "no", "Nothing is on record"],
    ["stuck", "nothing kept", NOTHING_KEPT, "unseen", "Nothing is kept"],
    [
      "commits",
      "records lost",
      { ...KEPT, episodes: [episode("lag.losing", { evidence: { lostRecords: 1_200 } })] },
      "yes",
      "lost 1,200 records unread",
    ],
    [
      "commits",
      "commits that ran out",
      { ...KEPT, episodes: [episode("lag.no-members", { evidence: { commitsExpireAt: "2026-11-23T09:15:00.000Z" } })] },
      "yes",
      "dropped the commits of acme.reader",
    ],
    [
      "commits",
      "commits that run out later",
      { ...KEPT, episodes: [episode("lag.no-members", { evidence: { commitsExpireAt: "2026-12-01T00:00:00.000Z" } })] },
      "no",
      "Nothing is on record",
    ],
    [
      "neighbour",
      "one beside whom its group fell behind",
      { ...KEPT, episodes: [noisy("brook.app, acme.reader")] },
      "yes",
      "kestrel was noisy",
    ],
    ["neighbour", "one beside whom others did", { ...KEPT, episodes: [noisy("brook.app")] }, "no", "Nothing is on record"],
    [
      "broker",
      "one that was missing",
      { ...KEPT, episodes: [episode("broker.missing", { tenantId: null, subject: "broker 3" })] },
      "yes",
      "broker 3",
    ],
    ["broker", "one that is missing only now", KEPT, "no", "Nothing is on record"],
    ["access", "no record of refusals", KEPT, "unseen", "not kept"],
  ])("%s, with %s", (id, _, past, answer, words) => {
    const item = then(id, past);
    expect([item.answer, item.evidence.replaceAll("\u00a0", " ")]).toEqual([answer, expect.stringContaining(words)]);
    expect(item.forward).not.toMatch(/kestrel|b2|broker 3/);
  });

  it("joins what is seen now to what is kept where the time reaches to now", () => {
    const at = (spec: ClusterSpec, past: TicketPast) => {
      const fleet = fleetOf(spec);
      return itemOf(checklist(fleet, stateOf(fleet), { ...TIME, past }), "lag");
    };
    const missed = { ...KEPT, lagMinutesMissed: 12 };
    expect(at(group(0), missed)).toMatchObject({ answer: "yes", evidence: expect.stringMatching(/missed in 12 .*Now: .*none is past/) });
    expect(at(group(400), missed)).toMatchObject({
      answer: "yes",
      evidence: expect.stringMatching(/^Now: acme.reader is .*In this time: .*12/),
    });
    expect(at(group(0), KEPT)).toMatchObject({
      answer: "no",
      evidence: expect.stringMatching(/none is past its objective\. The objective was met/),
    });
    expect(at(group(0), NOTHING_KEPT)).toMatchObject({ answer: "no", evidence: expect.stringContaining("Before now it cannot be seen") });
    expect(at({}, KEPT)).toMatchObject({ answer: "no", evidence: expect.stringContaining("Now it cannot be seen") });
  });
});
