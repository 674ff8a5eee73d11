import { describe, expect, it } from "vitest";
import { measured } from "@/lib/domain/observed";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, tenantOf, topicOf } from "@/lib/operations/testing/fleet";
import { listTopics } from "./list-topics";

const shared = topicOf("pool.orders", { owner: { kind: "shared", tenantCount: 2, tenantIds: ["acme"] }, retentionMs: measured(-1, AT) });
const own = topicOf("acme.orders", {
  owner: { kind: "tenant", tenantId: "acme", by: "prefix" },
  retentionMs: measured(60_000, AT),
  partitions: 6,
});
const stray = topicOf("Stray", { retentionMs: measured(90_000, AT), partitions: 2 });
const internal = topicOf("__consumer_offsets", { owner: { kind: "internal" }, bytesInPerSecond: measured(50, AT) });
const acme = tenantOf("acme", { state: { topics: [own, shared] } });
const context = contextOf([fleetOf({ tenants: [acme, tenantOf("brook")], topics: [shared, own, stray, internal] })]);

async function names(query: Record<string, unknown>): Promise<string[]> {
  const { rows } = (await listTopics.run(context, { clusterId: "c1", ...query })) as { rows: { topic: string }[] };
  return rows.map(({ topic }) => topic);
}

describe("listTopics", () => {
  it.each<[Record<string, unknown>, string[]]>([
    [{}, ["Stray", "__consumer_offsets", "acme.orders", "pool.orders"]],
    [{ q: "ORDERS" }, ["acme.orders", "pool.orders"]],
    [{ owner: "unowned" }, ["Stray"]],
    [{ owner: "internal" }, ["__consumer_offsets"]],
    [{ owner: "shared" }, ["pool.orders"]],
    [{ owner: "acme" }, ["acme.orders", "pool.orders"]],
    [{ owner: "brook" }, []],
    [{ owner: "nobody" }, []],
    [{ sort: "partitions" }, ["acme.orders", "Stray", "__consumer_offsets", "pool.orders"]],
    [{ sort: "bytesIn", q: "o" }, ["__consumer_offsets", "acme.orders", "pool.orders"]],
  ])("%j gives %j", async (query, expected) => expect(await names(query)).toEqual(expected));

  it("takes unlimited retention for the longest and unknown for the last in both directions", async () => {
    expect(await names({ sort: "retention" })).toEqual(["pool.orders", "Stray", "acme.orders", "__consumer_offsets"]);
    expect(await names({ sort: "retention", order: "asc" })).toEqual(["acme.orders", "Stray", "pool.orders", "__consumer_offsets"]);
  });

  it("does not know a cluster without a connection", async () => {
    await expect(names({ clusterId: "c9" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("exports the whole filter, with what is not known as an empty cell", async () => {
    const csv = await listTopics.csv?.(context, { clusterId: "c1", q: "stray", limit: 1 });
    const [row] = [...(csv?.rows ?? [])];
    const cells = Object.fromEntries((csv?.head ?? []).map((head, at) => [head, row?.[at]]));
    expect(cells).toMatchObject({
      topic: "Stray",
      owner: "unowned",
      "in, bytes/s": 1,
      "in, source": "measured",
      "out, bytes/s": null,
      "out, source": "unavailable",
    });
    expect(csv?.head).toHaveLength(row?.length ?? 0);
  });
});
