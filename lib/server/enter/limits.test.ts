import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import { AppError } from "@/lib/domain/errors";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { ClusterNoise, Level } from "@/lib/domain/noise/noise";
import type { RoleLimits } from "@/lib/domain/people/role-limits";
import type { Role } from "@/lib/domain/people/roles";
import type { ConditionView } from "@/lib/domain/views/common";
import { OPERATIONS } from "@/lib/operations/all";
import { formatsOf } from "@/lib/operations/export-formats";
import { AT } from "@/lib/operations/testing/fleet";
import { mixedFleet } from "@/lib/operations/testing/mixed-fleet";
import { clearProcessSlot, processSlot } from "@/lib/server/process-slot";
import {
  acquireLease,
  correctMonth,
  importRegistry,
  openStore,
  reconcileConditions,
  type Store,
  storeChange,
  writeNoise,
} from "@/lib/store";
import { type Entrance, openEntrance } from "./testing/open-entrance";

const OWN = "bridge-tenant-0001";
const OTHER = "bridge-tenant-0002";
/** Everybody else, by id and name, with their topics, groups and principals. */
const FOREIGN = /bridge-tenant-000[023]|Bridge Tenant Number [023]|pool-tenant|Pool Tenant|shared\.(?:orders|clickstream|telemetry)/;
const AT_MS = Date.parse(AT);
const MINUTE = 60_000;

/** A sentence, a subject and evidence in which somebody else stands in every way. */
const planted = (rule: string, tenantId: string | null): ConditionView => ({
  id: `${rule}|c1|${tenantId ?? ""}|User:${OTHER}`,
  rule,
  severity: "danger",
  label: "Planted",
  sentence: `Beside Bridge Tenant Number 2 (${OTHER}.orders-indexer), User:${OTHER} reads shared.orders; ${OTHER} and Pool Tenant Number 1 share it.`,
  evidence: {
    tenants: 2,
    affects: `${OWN} ${OTHER}`,
    principal: OTHER,
    topics: `${OTHER}.orders, shared.telemetry`,
    commands: `kafka-acls --principal User:${OTHER}`,
  },
  tenantId,
  clusterId: "c1",
  subject: `User:${OTHER}`,
  since: new Date(AT_MS - 5 * MINUTE).toISOString(),
  until: null,
  acknowledged: null,
});
const PLANTED = [
  planted("noise.noisy", OWN),
  planted("isolation.acl-too-wide", OWN),
  planted("noise.pressure", null),
  planted("noise.noisy", OTHER),
];

const level = (tenantId: string): Level => ({
  tenantId,
  brokerId: 2,
  resource: "in",
  rate: 600,
  brokerRate: 1000,
  share: 0.6,
  entitlement: 0.2,
  times: 3,
  verdict: "noisy",
  sinceMs: AT_MS - 5 * MINUTE,
  source: "measured",
});
const pressure = {
  brokerId: 2,
  signs: [{ kind: "handlers" as const, value: 0.1, limit: 0.3, baseline: null }],
  sinceMs: AT_MS,
  unseen: [],
};
const victim = (tenantId: string) => ({
  groupId: `${tenantId}.orders-indexer`,
  tenantId,
  tenantCount: 1,
  beforeMs: 0,
  nowMs: MINUTE,
  beforeRecords: 0,
  nowRecords: 60,
  objectiveMs: null,
});
const episode = (tenantId: string, victims: string[]) => ({
  level: level(tenantId),
  pressure,
  peak: 0.7,
  victims: victims.map(victim),
  mechanism: null,
  causes: [{ kind: "one-topic" as const, sentence: `${tenantId}.orders takes all of it.`, topic: `${tenantId}.orders` }],
});
const NOISE: ClusterNoise = {
  clusterId: "c1",
  at: AT,
  levels: [level(OWN), level(OTHER)],
  brokers: [pressure],
  episodes: [episode(OTHER, [OWN, "bridge-tenant-0003"]), episode(OWN, [OTHER]), episode("bridge-tenant-0003", [OTHER])],
  findings: [],
  unseen: null,
};

function plantedFleet(): FleetSnapshot {
  const fleet = mixedFleet(4, 2);
  for (const state of fleet.tenants.values()) state.conditions.push(...PLANTED.filter(({ tenantId }) => tenantId === state.tenant.id));
  return { ...fleet, conditions: [...PLANTED, ...fleet.conditions], noise: new Map([["c1", NOISE]]) };
}

async function plant(store: Store, fleet: FleetSnapshot): Promise<number> {
  const lease = await acquireLease(store, "cluster/c1", "me", 3_600_000);
  if (lease === null) throw new Error("no lease");
  const entries = [OWN, OTHER].map((id): [string, number, number, number, number, number] => [id, 0, 2, 3, 0.6, 0]);
  await writeNoise(store, { clusterId: "c1", atMs: AT_MS - 2 * MINUTE, entries }, lease);
  const scope = { clusterId: "c1", rules: [...new Set(PLANTED.map(({ rule }) => rule))] };
  await reconcileConditions(store, scope, PLANTED, new Date(AT_MS - MINUTE), lease);
  const use = {
    minutesSeen: 1,
    minutesAbovePromise: 0,
    minutesThrottledAbove: 0,
    minutesThrottledBelow: 0,
    minutesAtLimit: 0,
    minutesLagMissed: 0,
    producedBytes: 1,
    consumedBytes: 1,
    storedBytes: 1,
    storedAboveBytes: null,
  };
  for (const tenantId of [OWN, OTHER])
    await correctMonth(store, { tenantId, month: "2026-10", use, at: AT, actor: "ada", reason: "agreed" });
  const tenants = [...fleet.tenants.values()].map(({ tenant }) => tenant);
  await importRegistry(store, { tiers: [...fleet.tiers.values()], tenants, services: [], sha256: "1" }, "ada", new Date(AT));
  const ids = [];
  for (const tenantId of [OTHER, OWN]) ids.push(await plantChange(store, tenantId));
  return ids[1] ?? 0;
}

async function plantChange(store: Store, tenantId: string): Promise<number> {
  const target = { kind: "quota" as const, clusterId: "c1", entity: { user: tenantId }, key: "producer_byte_rate" as const };
  const note = `Shared with ${OTHER}.`;
  const operation: PlannedOperation = { target, before: "1", after: "2", phase: "loosen", unit: `tenant:${tenantId}`, note };
  const { change } = await storeChange(store, {
    kind: "quota",
    title: `Set the quota of ${tenantId}, as Bridge Tenant Number 3 has it`,
    request: { kind: "quota", scope: { tenantIds: [tenantId] }, produceBytesPerSecond: 2 },
    consequences: [
      { class: "note", sentence: `${OTHER} keeps what it has.`, detail: null, tenantId: OTHER, clusterId: null, links: [], instead: null },
    ],
    leftOut: [],
    fingerprint: tenantId,
    actor: "ada",
    reason: null,
    correlationId: "r1",
    idempotencyKey: tenantId,
    rollout: null,
    revertsId: null,
    brakeMinutes: null,
    at: AT,
    operations: [operation],
  });
  return change.id;
}

let door: Entrance;
let changeId: number;
const logged: unknown[] = [];
beforeAll(async () => {
  processSlot("log", () => ({ error: (entry: unknown) => logged.push(entry), warn: () => {}, debug: () => {}, info: () => {} }));
  const fleet = plantedFleet();
  const store = await openStore({ memory: true });
  changeId = await plant(store, fleet);
  const away = (): never => {
    throw new AppError("unavailable", `Away, with ${OTHER}.`);
  };
  door = await openEntrance({ fleets: [fleet], store, context: { kafka: away } });
  door.clock.ms = AT_MS;
}, 60_000);
afterAll(async () => {
  clearProcessSlot("log");
  await door.close();
  // No answer without names that does not fit its schema.
  expect(logged).toEqual([]);
});

const READS = OPERATIONS.filter(({ method, limits, name }) => method === "GET" && limits === "within" && !/Sso$/.test(name));
/** Read live, which nobody here answers; the refusal names nobody either. */
const LIVE = ["getTopic", "getGroup"];
const QUERIES: Record<string, string[]> = {
  getTopic: [`name=${OWN}.orders`],
  getGroup: [`group=${OWN}.orders-indexer`],
  listTopics: ["", "owner=all"],
  search: ["q=bridge", "q=shared", "q=pool", "q=Tenant%20Number"],
  getNoisy: ["range=1h", `range=1h&tenant=${OWN}`, `cluster=c1&broker=2`, "from=2026-11-23T09:57:00.000Z&to=2026-11-23T09:59:00.000Z"],
  listMonths: ["", "month=2026-10"],
  getTicket: ["range=6h"],
};

function addressOf(path: string, query: string, format: string): string {
  const values: Record<string, string> = { tenantId: OWN, clusterId: "c1", tierId: "gold", changeId: String(changeId) };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? "x"));
  return `${filled}?${[query, format === "json" ? "" : `format=${format}`].filter((part) => part !== "").join("&")}`;
}

const LIMITS: Record<string, RoleLimits> = {
  "one tenant": { tenants: [OWN], tiers: [], clusters: [] },
  "one tenant on its cluster": { tenants: [OWN], tiers: [], clusters: ["c1"] },
  "another cluster": { tenants: [], tiers: [], clusters: ["elsewhere"] },
};

describe.each(Object.entries(LIMITS))("to whom is limited to %s", (what, limits) => {
  it.each(READS.map((operation) => [operation.name, operation] as const))("%s names nobody outside", async (name, operation) => {
    for (const role of ["product", "support", "operator"] as const satisfies Role[]) {
      if (!operation.roles.includes(role)) continue;
      const cookie = await door.enter(`${name}-${role}-${what.replaceAll(" ", "-")}`, role, limits);
      for (const query of QUERIES[name] ?? [""]) {
        for (const format of formatsOf(operation)) {
          const path = addressOf(operation.path, query, format);
          const { status, text } = await door.ask("GET", path, { cookie });
          expect([path, text.match(FOREIGN)?.[0]]).toEqual([path, undefined]);
          // Of a cluster that is elsewhere nothing is there; and what may be forwarded has to be about somebody.
          const isAnswered =
            what !== "another cluster" && !(format === "markdown-forward" && path.includes("noisy") && !query.includes("tenant="));
          if (isAnswered && !LIVE.includes(name)) expect([path, status]).toEqual([path, 200]);
        }
      }
    }
  });
});

describe("to whom is not limited", () => {
  it.each([
    "/api/noisy?range=1h",
    "/api/months?month=2026-10",
    "/api/registry.yaml",
    "/api/posture",
    "/api/conditions",
    `/api/tenants/${OWN}/ticket`,
  ])("%s names everybody, so that there is something to leave out", async (path) => {
    const cookie = await door.enter(`whole-${path.replaceAll(/[^a-z]/g, "")}`, "operator");
    expect((await door.ask("GET", path, { cookie })).text).toMatch(FOREIGN);
  });
});

describe("on the page of noise", () => {
  it("somebody limited sees what hurts them, from another tenant, and can do nothing there", async () => {
    const cookie = await door.enter("noise-limited", "operator", LIMITS["one tenant"]);
    const { json } = await door.ask("GET", "/api/noisy?range=1h", { cookie });
    const view = json as {
      ranking: { tenantId: string }[];
      episodes: { row: { tenantName: string }; victims: object[]; next: object[] }[];
      heat: { rows: { tenantId: string }[] };
    };
    expect(view.ranking.map(({ tenantId }) => tenantId)).toEqual([OWN]);
    expect(view.heat.rows.map(({ tenantId }) => tenantId)).toEqual([OWN]);
    const told = view.episodes.map(({ row, victims, next }) => [row.tenantName, victims.length, next.length]);
    expect(told.toSorted()).toEqual([
      ["Bridge Tenant Number 1", 0, 3],
      ["another tenant", 1, 0],
    ]);
  });
});

describe("exports as Markdown", () => {
  it("are lines of the audit, with whom they are for", async () => {
    const cookie = await door.enter("markdown", "support");
    const before = door.audit.length;
    for (const format of ["markdown", "markdown-forward"]) {
      const { status, headers } = await door.ask("GET", `/api/tenants/${OWN}/ticket?format=${format}`, { cookie });
      expect([status, headers.get("content-type")]).toEqual([200, "text/markdown; charset=utf-8"]);
      expect(headers.get("content-disposition")).toContain(`${OWN}-ticket.md`);
    }
    const lines = door.audit.slice(before).map(({ kind, action, subject, outcome }) => [kind, action, subject, outcome]);
    expect(lines).toEqual(
      ["as Markdown", "as Markdown, safe to forward"].flatMap((words) =>
        ["asked", "done"].map((outcome) => ["export", "getTicket", `tenant ${OWN}, ${words}`, outcome]),
      ),
    );
    expect((await door.ask("GET", "/api/noisy?format=markdown-forward", { cookie })).status).toBe(400);
    expect((await door.ask("GET", "/api/isolation/advice?format=markdown-forward", { cookie })).status).toBe(400);
  });
});
