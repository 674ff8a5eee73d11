import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/lib/domain/errors";
import type { RoleLimits } from "@/lib/domain/people/role-limits";
import type { Role } from "@/lib/domain/people/roles";
import type { KafkaAdmin } from "@/lib/kafka";
import { OPERATIONS } from "@/lib/operations/all";
import { formatsOf } from "@/lib/operations/export-formats";
import { contextOf } from "@/lib/operations/testing/context";
import { clearProcessSlot, processSlot } from "@/lib/server/process-slot";
import { openStore } from "@/lib/store";
import { type Entrance, openEntrance } from "./testing/open-entrance";
import { AT_MS, asked, FOREIGN, OTHER, OWN, PLANTED, plant, plantedAdmin, plantedFleet, requestsAbout, USE } from "./testing/planted";

let door: Entrance;
let changes: { own: number; other: number };
/** What the brokers do: answer, or not at all. */
let brokers: "answer" | "away" = "answer";
const logged: unknown[] = [];
beforeAll(async () => {
  processSlot("log", () => ({ error: (entry: unknown) => logged.push(entry), warn: () => {}, debug: () => {}, info: () => {} }));
  const fleet = plantedFleet();
  const store = await openStore({ memory: true });
  changes = await plant(store, fleet);
  const admin = plantedAdmin(fleet) as KafkaAdmin;
  const kafka = (): KafkaAdmin => {
    if (brokers === "away") throw new AppError("unavailable", `Away, with ${OTHER}.`);
    return admin;
  };
  const connection = (id: string) => ({ ...contextOf([fleet]).connection(id), mode: "operate" as const });
  door = await openEntrance({ fleets: [fleet], store, context: { kafka, connection } });
  door.clock.ms = AT_MS;
}, 60_000);
afterAll(async () => {
  clearProcessSlot("log");
  await door.close();
  // No answer without names that does not fit its schema.
  expect(logged).toEqual([]);
});

const WITHIN = OPERATIONS.filter(({ limits }) => limits === "within");
/** They tell of whoever asks, before or beside any tenant, and touch no fleet. */
const OF_WHO_ASKS = new Set(["applyLink", "beginSso", "changePassword", "endSession", "finishSso", "lookAtLink", "signIn", "signOut"]);
const READS = WITHIN.filter(({ method, name }) => method === "GET" && !OF_WHO_ASKS.has(name));
const WRITES = WITHIN.filter(({ method, name }) => method !== "GET" && !OF_WHO_ASKS.has(name));
/** They ask the brokers, who may be away. */
const LIVE = ["getTopic", "getGroup"];
const QUERIES: Record<string, string[]> = {
  getTopic: [`name=${OWN}.orders`],
  getGroup: [`id=${OWN}.orders-indexer`],
  listTopics: ["", "owner=all"],
  search: ["q=bridge", "q=shared", "q=pool", "q=Tenant%20Number"],
  getNoisy: ["range=1h", `range=1h&tenant=${OWN}`, `cluster=c1&broker=2`, "from=2026-11-23T09:57:00.000Z&to=2026-11-23T09:59:00.000Z"],
  listMonths: ["", "month=2026-10"],
  getTicket: ["range=6h"],
};

function addressOf(path: string, query: string, format: string, changeId = changes.own): string {
  const values: Record<string, string> = { tenantId: OWN, clusterId: "c1", tierId: "gold", changeId: String(changeId) };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? "x"));
  const parts = [query, format === "json" ? "" : `format=${format}`].filter((part) => part !== "");
  return parts.length === 0 ? filled : `${filled}?${parts.join("&")}`;
}

const LIMITS: Record<string, RoleLimits> = {
  "one tenant": { tenants: [OWN], tiers: [], clusters: [] },
  "one tenant on its cluster": { tenants: [OWN], tiers: [], clusters: ["c1"] },
  "another cluster": { tenants: [], tiers: [], clusters: ["elsewhere"] },
};

describe("operations that somebody may use whose role is limited", () => {
  it("are all tried here, or tell of nobody but who asks", () => {
    const tried = new Set([...READS, ...WRITES].map(({ name }) => name));
    expect(
      WITHIN.filter(({ name }) => !tried.has(name))
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual([...OF_WHO_ASKS]);
    expect(WRITES.map(({ name }) => name).toSorted()).toEqual(Object.keys(BODIES).toSorted());
  });
});

describe.each(Object.entries(LIMITS))("to whom is limited to %s", (what, limits) => {
  const enter = (name: string, role: Role) => door.enter(`${name}-${role}-${what.replaceAll(" ", "-")}`, role, limits);

  it.each(READS.map((operation) => [operation.name, operation] as const))("%s names nobody outside", async (name, operation) => {
    for (const role of ["product", "support", "operator"] as const satisfies Role[]) {
      if (!operation.roles.includes(role)) continue;
      const cookie = await enter(name, role);
      for (const query of QUERIES[name] ?? [""]) {
        for (const format of formatsOf(operation)) {
          const path = addressOf(operation.path, query, format);
          const { status, text } = await door.ask("GET", path, { cookie });
          expect([path, text.match(FOREIGN)?.[0]]).toEqual([path, undefined]);
          // Of a cluster that is elsewhere nothing is there; and what may be forwarded has to be about somebody.
          const isAnswered =
            what !== "another cluster" && !(format === "markdown-forward" && path.includes("noisy") && !query.includes("tenant="));
          if (isAnswered) expect([path, status]).toEqual([path, 200]);
        }
      }
    }
  });

  it.each(LIVE)("%s names nobody outside where the brokers are away either", async (name) => {
    const operation = READS.find((one) => one.name === name);
    const cookie = await enter(`${name}-away`, "operator");
    brokers = "away";
    // What was read a moment ago is told to everybody who asks.
    door.clock.ms += 60_000;
    const { status, text } = await door.ask("GET", addressOf(operation?.path ?? "", QUERIES[name]?.[0] ?? "", "json"), { cookie });
    door.clock.ms -= 60_000;
    brokers = "answer";
    expect([status, text.match(FOREIGN)?.[0]]).toEqual([what === "another cluster" ? 404 : 503, undefined]);
  });

  it.each(WRITES.map((operation) => [operation.name, operation] as const))("%s names nobody outside", async (name, operation) => {
    for (const role of ["support", "operator"] as const satisfies Role[]) {
      if (!operation.roles.includes(role)) continue;
      const cookie = await enter(name, role);
      for (const [about, status, body] of await (BODIES[name] ?? (() => []))(cookie)) {
        const answer = await door.ask(operation.method, addressOf(operation.path, "", "json"), { cookie, body });
        expect([about, answer.text.match(FOREIGN)?.[0]]).toEqual([about, undefined]);
        const expected = what === "another cluster" ? [403, 404] : [status].flat();
        expect([about, expected.includes(answer.status), answer.status]).toEqual([about, true, answer.status]);
      }
    }
  });

  it("plans and changes that name somebody outside are answered as those that name nobody", async () => {
    const cookie = await enter("guesses", "operator");
    const nobody = "bridge-tenant-9999";
    const [outside, unknown] = [requestsAbout(OTHER, changes.other), requestsAbout(nobody, 9_999)].map(asked);
    const without = (text: string) =>
      text
        .replaceAll(OTHER, nobody)
        .replaceAll(`change ${changes.other}`, "change 9999")
        .replace(/"requestId":"[^"]+"/, "");
    for (const [index, [kind, request]] of (outside ?? []).entries()) {
      for (const path of ["/api/changes/plan", "/api/changes"]) {
        const more = path === "/api/changes" ? { fingerprint: "0".repeat(64), idempotencyKey: `guessed-${index}` } : {};
        const [seen, guessed] = await Promise.all(
          [request, unknown?.[index]?.[1]].map((one) => door.ask("POST", path, { cookie, body: { request: one, ...more } })),
        );
        expect([kind, seen?.status, without(seen?.text ?? "")]).toEqual([kind, guessed?.status, without(guessed?.text ?? "")]);
        expect([kind, [403, 404].includes(seen?.status ?? 0)]).toEqual([kind, true]);
      }
    }
    for (const id of [PLANTED[3]?.id, PLANTED[3]?.id.replaceAll(OTHER, nobody)]) {
      const body = { id, until: new Date(AT_MS + 60_000).toISOString(), reason: "seen" };
      expect((await door.ask("POST", "/api/conditions/acknowledge", { cookie, body })).status).toBe(404);
    }
    for (const tenantId of [OTHER, nobody]) {
      const body = { month: "2026-10", use: USE, reason: "agreed" };
      expect((await door.ask("POST", `/api/tenants/${tenantId}/months`, { cookie, body })).status).toBe(404);
    }
    for (const owner of [OTHER, nobody]) {
      expect((await door.ask("POST", "/api/clusters/c1/records", { cookie, body: { topic: `${owner}.orders` } })).status).toBe(404);
    }
    for (const verb of ["cancel", "pause", "resume"]) {
      expect((await door.ask("POST", `/api/changes/${changes.other}/${verb}`, { cookie, body: {} })).status).toBe(404);
    }
  });
});

it("a token with limits is told what a person with them is told, by every read", async () => {
  const limits = LIMITS["one tenant"];
  const cookie = await door.enter("reader", "operator", limits);
  const headers = { authorization: `Bearer ${await door.token("reader", "operator", limits)}` };
  for (const { name, path: template } of READS) {
    // They tell of the session, of how much was asked so far, and of the line that the export left in the audit.
    if (name === "getAccount") continue;
    const path = addressOf(template, QUERIES[name]?.[0] ?? "", "json");
    const [person, token] = [await door.ask("GET", path, { cookie }), await door.ask("GET", path, { headers })];
    const same = (text: string) => text.replace(/"actor":\{[^}]*\}/, "");
    expect([path, token.status, same(token.text)]).toEqual([path, person.status, same(person.text)]);
  }
});

it("who is limited to another cluster hears no cluster's name but its own", async () => {
  const cookie = await door.enter("far-away", "operator", LIMITS["another cluster"]);
  for (const { name, path: template } of READS) {
    if (template.includes("{") || (QUERIES[name] ?? []).some((query) => query.includes("c1"))) continue;
    const { text } = await door.ask("GET", addressOf(template, QUERIES[name]?.[0] ?? "", "json"), { cookie });
    expect([name, /\bc1\b/.exec(text)?.[0]]).toEqual([name, undefined]);
  }
});

it("what was planned for somebody without limits is not planned with by somebody who has them", async () => {
  const request = { kind: "quota", scope: { tenantIds: [OWN] }, produceBytesPerSecond: 7_000_000 };
  const plan = async (cookie: string, factsId?: string): Promise<string> => {
    const body = { request, ...(factsId === undefined ? {} : { factsId }) };
    const { status, json } = await door.ask("POST", "/api/changes/plan", { cookie, body });
    expect(status).toBe(200);
    return (json as { factsId: string }).factsId;
  };
  const [whole, limited] = await Promise.all([
    door.enter("plans-whole", "support"),
    door.enter("plans-own", "support", LIMITS["one tenant"]),
  ]);
  const factsId = await plan(whole);
  expect(await plan(whole, factsId)).toBe(factsId);
  expect(await plan(limited, factsId)).not.toBe(factsId);
});

type Asked = [about: string, status: number | number[], body: object];

/** What each write is asked, and how it is answered to who is limited to the tenant. */
const BODIES: Record<string, (cookie: string) => Promise<Asked[]> | Asked[]> = {
  planChange: () =>
    asked(requestsAbout(OWN, changes.own)).map(([kind, request]) => [kind, STATUS[kind] ?? 200, { request, validate: true }]),
  applyChange: async (cookie) => {
    const request = { kind: "managed-elsewhere", tenantId: OWN, by: null };
    const { json } = await door.ask("POST", "/api/changes/plan", { cookie, body: { request: { ...request, by: "Terraform" } } });
    const { fingerprint = "0".repeat(64) } = json as { fingerprint?: string };
    const body = { fingerprint, idempotencyKey: `apply-${cookie.slice(-20)}` };
    return [
      // The first one is never finished here, and stands in the way of the next.
      ["own", [200, 409], { ...body, request: { ...request, by: "Terraform" } }],
      ["the same key once more", [400, 409], { ...body, request }],
    ];
  },
  cancelChange: () => [["own", 200, {}]],
  pauseChange: () => [["own", 200, {}]],
  resumeChange: () => [["own", 200, {}]],
  // No operator has allowed it.
  lookAtRecords: () => [["own", 403, { topic: `${OWN}.orders` }]],
  correctMonth: () => [["own", 200, { month: "2026-10", use: USE, reason: "agreed" }]],
  refreshCluster: () => [["c1", 200, {}]],
  checkConnection: () => [["c1", 200, {}]],
  acknowledgeCondition: () => [["own", 200, { id: PLANTED[0]?.id, until: new Date(AT_MS + 60_000).toISOString(), reason: "seen" }]],
  withdrawAcknowledgement: () => [["own", 200, { id: PLANTED[0]?.id }]],
};
/** A rule is a cluster's, and this override was never declared. */
const STATUS: Record<string, number> = { "quota-rule": 403, "override-end": 404 };

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
