import { beforeEach, expect, it, vi } from "vitest";
import { limitFleet } from "@/lib/domain/people/limit-fleet";
import type { ConditionView } from "@/lib/domain/views/common";
import type { TicketView } from "@/lib/domain/views/ticket";
import type { Context } from "@/lib/operations/context";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, groupOf, tenantOf } from "@/lib/operations/testing/fleet";
import { type DirectionSummary, type HistoryPoint, listConditions, readHistory, type Store } from "@/lib/store";
import { getTicket } from "./get-ticket";

vi.mock("@/lib/store", () => ({ readHistory: vi.fn(), listConditions: vi.fn() }));

const NOW_MS = Date.parse(AT);
const HOUR_MS = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

const direction = (change: Partial<DirectionSummary>): DirectionSummary => ({
  source: "measured",
  atLeast: false,
  bytes: 0,
  maxBytesPerSecond: 0,
  worstBrokerId: null,
  maxQuotaUse: null,
  maxThrottleMs: null,
  minutesSeen: 5,
  minutesLimited: 0,
  minutesNear: 0,
  minutesThrottleKnown: 5,
  minutesThrottled: 0,
  minutesThrottledBelowPromise: 0,
  minutesPromiseKnown: 0,
  minutesAbovePromise: 0,
  histogram: [],
  ...change,
});
const point = (at: number, summary: Partial<HistoryPoint["summary"]>): HistoryPoint => ({
  atMs: NOW_MS - HOUR_MS + at * 300_000,
  summary: { produce: null, consume: null, lag: null, storageBytes: null, ...summary },
  brokers: null,
});
const lag = (missed: number, maxTimeMs: number) => ({ maxRecords: 9, maxTimeMs, minutesSeen: 5, minutesJudged: 5, minutesMissed: missed });
const condition = (rule: string, tenantId: string | null, sinceMs: number): ConditionView & { episode: number } => ({
  id: `${rule} ${tenantId}`,
  rule,
  severity: "warn",
  label: rule,
  sentence: rule,
  evidence: {},
  tenantId,
  clusterId: "c1",
  subject: "broker 2",
  since: iso(sinceMs),
  until: null,
  acknowledged: null,
  episode: 1,
});

const answers = ({ checklist }: TicketView) => Object.fromEntries(checklist.map(({ id, answer }) => [id, answer]));
const evidence = ({ checklist }: TicketView, id: string) => checklist.find((one) => one.id === id)?.evidence.replaceAll("\u00a0", " ");
const context = () => contextOf([fleetOf({ tenants: [tenantOf("acme")] })], { store: {} as Store });

beforeEach(() => {
  vi.mocked(readHistory).mockResolvedValue({ stepMs: 300_000, sinceMs: 0, clusters: [] });
  vi.mocked(listConditions).mockImplementation(async (_, { tenantId } = {}) =>
    tenantId === undefined ? [condition("broker.missing", null, NOW_MS - HOUR_MS), condition("noise.noisy", "acme", 0)] : [],
  );
});

it("counts each minute of its time once, the worst of clusters and directions", async () => {
  const throttled = (minutes: number, below = 0) =>
    direction({ minutesThrottled: minutes, minutesThrottledBelowPromise: below, maxThrottleMs: minutes });
  vi.mocked(readHistory).mockResolvedValue({
    stepMs: 300_000,
    sinceMs: 0,
    clusters: [
      {
        clusterId: "c1",
        points: [point(0, { produce: throttled(2), consume: throttled(4), lag: lag(1, 60_000) }), point(1, { produce: direction({}) })],
      },
      { clusterId: "c2", points: [point(0, { produce: throttled(3, 1), lag: lag(5, 600_000) })] },
    ],
  });
  const ticket = (await getTicket.run(context(), {
    tenantId: "acme",
    from: iso(NOW_MS - HOUR_MS),
    to: iso(NOW_MS - HOUR_MS / 2),
  })) as TicketView;
  expect([ticket.isNow, ticket.stepMs]).toEqual([false, 300_000]);
  expect(answers(ticket)).toMatchObject({
    lag: "yes",
    throttling: "yes",
    stuck: "no",
    broker: "yes",
    operation: "unseen",
    access: "unseen",
  });
  expect(evidence(ticket, "throttling")).toBe(
    "It was throttled in 4 of 10 minutes that are kept, by 5 minutes, for at most 4 ms a request. In 1 of them it was inside its promise: the split of the promise is ours to correct.",
  );
  expect(evidence(ticket, "lag")).toContain("missed in 5 of 5 minutes");
  expect(evidence(ticket, "lag")).toContain("10 m 00 s behind");
});

it("says that nothing is kept of a time that is over, whatever is so now", async () => {
  const ticket = (await getTicket.run(context(), { tenantId: "acme", from: iso(0), to: iso(HOUR_MS) })) as TicketView;
  expect(ticket.stepMs).toBeNull();
  expect(answers(ticket)).toMatchObject({ lag: "unseen", throttling: "unseen", stuck: "unseen", commits: "unseen", neighbour: "unseen" });
  expect(ticket.caughtUp).toEqual([]);
});

it("takes what is seen now where its time reaches to now, and no episode that began after it", async () => {
  const ticket = (await getTicket.run(context(), { tenantId: "acme", range: "1h" })) as TicketView;
  expect(ticket.isNow).toBe(true);
  const before = (await getTicket.run(context(), {
    tenantId: "acme",
    from: iso(NOW_MS - 3 * HOUR_MS),
    to: iso(NOW_MS - 2 * HOUR_MS),
  })) as TicketView;
  expect(answers(before).broker).toBe("unseen");
});

it("tells a role with limits of a neighbour without its name, and whoever has none by name", async () => {
  const evidence = { victims: "acme.app, kite.app", mechanism: null };
  vi.mocked(listConditions).mockImplementation(async (_, { tenantId } = {}) =>
    tenantId === undefined ? [{ ...condition("noise.noisy", "brindle", NOW_MS - HOUR_MS), evidence }] : [],
  );
  const acme = tenantOf("acme", {
    state: { groups: [groupOf("acme.app", { owner: { kind: "tenant", tenantId: "acme", by: "prefix" } })] },
  });
  const query = { tenantId: "acme", from: iso(NOW_MS - HOUR_MS), to: iso(NOW_MS - HOUR_MS / 2) };
  const whole = fleetOf({ tenants: [acme, tenantOf("brindle")] });
  const limits = { tenants: ["acme"], tiers: [], clusters: [] };
  const limited = contextOf([limitFleet(whole, limits, new Map())], {
    store: {} as Store,
    actor: { name: "sam", role: "support", limits },
  });
  const told = async (of: Context) => {
    const { checklist } = (await getTicket.run(of, query)) as TicketView;
    return checklist.find(({ id }) => id === "neighbour")?.evidence;
  };
  expect(await told(limited)).toMatch(/^Another tenant was noisy on a broker/);
  expect(await told(contextOf([whole], { store: {} as Store }))).toMatch(/^brindle was noisy on a broker/i);
});
