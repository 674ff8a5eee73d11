import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/lib/domain/errors";
import type { RecordFact } from "@/lib/domain/facts";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { AuditEntry } from "@/lib/domain/people/audit";
import type { RoleLimits } from "@/lib/domain/people/role-limits";
import type { RecordsView } from "@/lib/domain/views/records";
import type { KafkaAdmin, SampleRequest } from "@/lib/kafka";
import { lookAtRecords } from "@/lib/operations/records/look-at-records";
import { contextOf } from "@/lib/operations/testing/context";
import { enterOf } from "@/lib/operations/testing/enter";
import { mixedFleet } from "@/lib/operations/testing/mixed-fleet";
import { clearProcessSlot, processSlot } from "@/lib/server/process-slot";
import { type Entrance, openEntrance } from "./testing/open-entrance";

const OWN = "bridge-tenant-0001";
const OTHER = "bridge-tenant-0002";
const POOLED = "pool-tenant-0001";
/** What nobody but who looks may ever find. */
const SECRET = "sk-live-4242424242424242";
const KEPT = 100n;

const fleet: FleetSnapshot = mixedFleet(4, 2);
/** What happened, in order: lines of the audit and reads of records. */
const happened: string[] = [];
const logged: unknown[] = [];
let sampled: (request: SampleRequest) => RecordFact[] = records;
let door: Entrance;

function records({ partition, offset, maxRecords }: SampleRequest): RecordFact[] {
  const value = Buffer.from(JSON.stringify({ card: SECRET, with: OTHER }));
  const headers = [{ name: "token", value: Buffer.from(SECRET) }];
  return Array.from({ length: Math.min(maxRecords, Number(KEPT - offset)) }, (_, index) => {
    const at = offset + BigInt(index);
    return { partition, offset: at, timestampMs: Number(at), key: Buffer.from(SECRET), value, headers, batchBaseOffset: offset };
  });
}

const offsets = (offset: bigint): KafkaAdmin["readEndOffsets"] => {
  return async ({ topics }) => ({
    value: new Map([...topics].map(([topic, { partitions }]) => [topic, partitions.map(() => offset)])),
    problems: [],
  });
};
const context = {
  kafka: () => ({ readLogStarts: offsets(0n), readEndOffsets: offsets(KEPT) }) as unknown as KafkaAdmin,
  sampleRecords: async (_clusterId: string, request: SampleRequest) => {
    happened.push(`read ${request.topic}`);
    const nextOffset = request.offset + BigInt(request.maxRecords);
    return { value: { records: sampled(request), nextOffset, logStartOffset: 0n, endOffset: KEPT, stableOffset: KEPT }, problems: [] };
  },
};

beforeAll(async () => {
  const keep = (...line: unknown[]) => logged.push(line.map(String), line);
  processSlot("log", () => ({ error: keep, warn: keep, debug: keep, info: keep }));
  door = await openEntrance({ fleets: [fleet], context });
  const push = door.audit.push.bind(door.audit);
  door.audit.push = (...entries: AuditEntry[]) => {
    for (const { kind, action, outcome } of entries) happened.push(`${kind} ${action} ${outcome}`);
    return push(...entries);
  };
}, 60_000);
afterAll(async () => {
  clearProcessSlot("log");
  await door.close();
});

const PATH = "/api/clusters/c1/records";
const ADDRESS = "/api/clusters/c1/payloads";
const topicOf = (tenantId: string) => `${tenantId}.orders`;
const look = (cookie: string, body: object) => door.ask("POST", PATH, { cookie, body });
const reason = { reason: "ticket 4711" };

const LIMITS = {
  "no limits": null,
  "a tenant": { tenants: [OWN], tiers: [], clusters: [] },
  "a tenant of a pool": { tenants: [POOLED], tiers: [], clusters: [] },
  "the cluster": { tenants: [], tiers: [], clusters: ["c1"] },
  "another cluster": { tenants: [], tiers: [], clusters: ["elsewhere"] },
} satisfies Record<string, RoleLimits | null>;

/** Of a tenant's own topic, somebody else's, and one of a pool: what a look comes to once it is allowed. Until then 200 is 403. */
const ALLOWED: Record<keyof typeof LIMITS, [own: number, other: number, shared: number]> = {
  "no limits": [200, 200, 200],
  "a tenant": [200, 404, 404],
  "a tenant of a pool": [404, 404, 403],
  "the cluster": [200, 200, 403],
  "another cluster": [404, 404, 404],
};
const TOPICS = [topicOf(OWN), topicOf(OTHER), "shared.orders"] as const;

describe("a look at records", () => {
  const askers = (["support", "operator"] as const).flatMap((role) =>
    (Object.keys(LIMITS) as (keyof typeof LIMITS)[]).map((limits) => [role, limits] as const),
  );
  const cookies = new Map<string, string>();
  const matrix = async (role: string, limits: keyof typeof LIMITS) => {
    const cookie = cookies.get(`${role} ${limits}`) ?? "";
    const answers = [];
    for (const topic of TOPICS) answers.push(await look(cookie, { topic }));
    return answers;
  };

  beforeAll(async () => {
    for (const [role, limits] of askers) cookies.set(`${role} ${limits}`, await door.enter(`${role}-${limits}`, role, LIMITS[limits]));
  });

  it.each(askers)("of %s, limited to %s, is refused until an operator allows it", async (role, limits) => {
    happened.length = 0;
    const statuses = (await matrix(role, limits)).map(({ status }) => status);
    expect(statuses).toEqual(ALLOWED[limits].map((status) => (status === 200 ? 403 : status)));
    expect(happened.filter((one) => one.startsWith("read"))).toEqual([]);
  });

  it("is never the product role's", async () => {
    const cookie = await door.enter("product", "product");
    expect((await look(cookie, { topic: topicOf(OWN) })).status).toBe(403);
    expect((await door.ask("GET", ADDRESS, { cookie })).status).toBe(403);
  });

  describe("once it is allowed", () => {
    beforeAll(async () => {
      const cookie = await door.enter("ada", "operator");
      expect((await door.ask("POST", `${ADDRESS}/allow`, { cookie, body: reason })).status).toBe(200);
    });

    it.each(askers)("of %s, limited to %s, shows records within the limits", async (role, limits) => {
      const answers = await matrix(role, limits);
      expect(answers.map(({ status }) => status)).toEqual([...ALLOWED[limits]]);
      for (const { status, text, headers } of answers) {
        expect(text.includes(SECRET)).toBe(status === 200);
        // What is in a record is told as it is: a name that was left out would be one that exists.
        if (status === 200) expect(text).toContain(OTHER);
        expect(headers.get("cache-control")).toBe("no-store");
      }
    });

    it("says why a topic of several tenants is closed to whom is limited", async () => {
      const { json } = await look(cookies.get("operator a tenant of a pool") ?? "", { topic: "shared.orders" });
      expect(json).toMatchObject({ error: { code: "forbidden", message: expect.stringContaining("holds records of several tenants") } });
    });

    it("is in the audit before anything is read, with whose look it was and never with what it showed", async () => {
      happened.length = 0;
      const before = door.audit.length;
      const cookie = cookies.get("support no limits") ?? "";
      expect((await look(cookie, { topic: topicOf(OWN), partition: 0, offset: "7", count: 2 })).status).toBe(200);
      expect(happened).toEqual(["payload lookAtRecords asked", `read ${topicOf(OWN)}`, "payload lookAtRecords done"]);
      expect(door.audit[before]).toMatchObject({
        actor: "support-no limits",
        role: "support",
        address: "203.0.113.7",
        subject: `cluster c1, topic ${topicOf(OWN)}, partition 0, 2 from offset 7`,
      });
      await look(cookie, { topic: topicOf(OWN) });
      expect(door.audit.at(-1)?.subject).toBe(`cluster c1, topic ${topicOf(OWN)}, newest 20`);
    });

    it("shows the newest of all partitions first, and from an offset on in the log's order", async () => {
      const cookie = cookies.get("operator no limits") ?? "";
      const newest = (await look(cookie, { topic: topicOf(OWN), count: 3 })).json as RecordsView;
      expect(newest.records.map(({ offset }) => offset)).toEqual(
        newest.partitions === 1 ? ["99", "98", "97"] : ["99", "99", newest.partitions === 2 ? "98" : "99"],
      );
      const from = (await look(cookie, { topic: topicOf(OWN), partition: 0, offset: "98" })).json as RecordsView;
      expect(from.records.map(({ offset }) => offset)).toEqual(["98", "99"]);
      const last = (await look(cookie, { topic: topicOf(OWN), partition: 0, count: 2 })).json as RecordsView;
      expect(last.records.map(({ offset }) => offset)).toEqual(["99", "98"]);
    });

    it.each([
      [{ partition: 0, offset: "100" }, "offset", "holds 0 to 99"],
      [{ partition: 0, offset: "9999999999999999999" }, "offset", "holds 0 to 99"],
      [{ partition: 9_000 }, "partition", "must be"],
      [{ offset: "1" }, "partition", "is needed"],
      [{ partition: 0, offset: "-1" }, "offset", "must be a number"],
      [{ count: 21 }, "count", ""],
      [{ count: 0 }, "count", ""],
    ])("of %j is refused at its field", async (more, path, message) => {
      happened.length = 0;
      const { status, json } = await look(cookies.get("support no limits") ?? "", { topic: topicOf(OWN), ...more });
      expect([status, json]).toMatchObject([
        400,
        { error: { details: expect.arrayContaining([{ path, message: expect.stringContaining(message) }]) } },
      ]);
      expect(happened.filter((one) => one.startsWith("read"))).toEqual([]);
    });

    it("leaves nothing of records in the audit and in the log, whatever comes of it", async () => {
      const cookie = cookies.get("support no limits") ?? "";
      expect((await look(cookie, { topic: topicOf(OWN) })).text).toContain(SECRET);
      sampled = () => {
        throw new AppError("unavailable", "Away.");
      };
      expect((await look(cookie, { topic: topicOf(OWN) })).status).toBe(503);
      sampled = records;
      expect(door.audit.length).toBeGreaterThan(0);
      expect(JSON.stringify(door.audit)).not.toContain(SECRET);
      expect(JSON.stringify(logged)).not.toContain(SECRET);
      expect(
        (await door.ask("GET", "/api/audit?kind=payload&format=csv", { cookie: await door.enter("auditor", "operator") })).text,
      ).not.toContain(SECRET);
    });

    it("ends with the permission, which waits for no password to be taken back, and for one to be given", async () => {
      const cookie = await door.enter("grace", "operator");
      door.clock.ms += 16 * 60_000;
      expect((await door.ask("POST", `${ADDRESS}/allow`, { cookie, body: reason })).status).toBe(401);
      expect((await door.ask("POST", `${ADDRESS}/forbid`, { cookie, body: { reason: "done" } })).json).toMatchObject({
        allowed: false,
        switches: [
          { allowed: false, by: "grace", reason: "done" },
          { allowed: true, by: "ada", reason: "ticket 4711" },
        ],
      });
      happened.length = 0;
      expect((await look(cookies.get("operator no limits") ?? "", { topic: topicOf(OWN) })).status).toBe(403);
      // Kept as a refusal, of an operator too.
      expect(happened).toEqual(["payload lookAtRecords asked", "payload lookAtRecords refused"]);
    });
  });
});

describe("without the way", () => {
  beforeAll(async () => {
    const cookie = await door.enter("olivia", "operator");
    expect((await door.ask("POST", `${ADDRESS}/allow`, { cookie, body: reason })).status).toBe(200);
  });
  const input = { clusterId: "c1", topic: topicOf(OWN) };

  it("a look whose entry cannot be stored does not happen", async () => {
    const enter = enterOf({ audit: () => Promise.reject(new AppError("unavailable", "Full.")) });
    const full = contextOf([fleet], { ...context, store: door.store, enter });
    happened.length = 0;
    await expect(lookAtRecords.run(full, input)).rejects.toMatchObject({ code: "unavailable" });
    expect(happened).toEqual([]);
  });

  it("nothing is read where the connection says that no record is, or where there are no brokers", async () => {
    const over = contextOf([fleet], { ...context, store: door.store });
    happened.length = 0;
    for (const more of [{ samples: "off" as const }, { bootstrap: [] }]) {
      const closed = { ...over, connection: (id: string) => ({ ...over.connection(id), ...more }) };
      await expect(lookAtRecords.run(closed, input)).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(happened).toEqual([]);
  });

  it("whoever looks waits for the look before", async () => {
    const over = contextOf([fleet], { ...context, store: door.store });
    const reading = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const sampleRecords: typeof context.sampleRecords = async (clusterId, request) => {
      reading.resolve();
      await gate.promise;
      return context.sampleRecords(clusterId, request);
    };
    const first = lookAtRecords.run({ ...over, sampleRecords }, input);
    await reading.promise;
    await expect(lookAtRecords.run(over, input)).rejects.toMatchObject({ code: "too_many" });
    const other = { ...over, actor: { name: "other", role: "support" as const } };
    await expect(lookAtRecords.run(other, input)).resolves.toMatchObject({ problems: [] });
    gate.resolve();
    await first;
    await expect(lookAtRecords.run(over, input)).resolves.toMatchObject({ problems: [] });
  });

  it("the right that Kafka misses is named, and nothing is made up in the place of records", async () => {
    const problem = {
      code: "forbidden" as const,
      operation: "Fetch",
      message: "The broker refuses this for the topic.",
      remedy: "Allow READ.",
    };
    const refused = { ...context, sampleRecords: async () => ({ value: null, problems: [problem] }) };
    const over = contextOf([fleet], { ...refused, store: door.store });
    expect(await lookAtRecords.run(over, input)).toMatchObject({ records: [], problems: [problem] });
  });
});
