import { describe, expect, it } from "vitest";
import { thinLists } from "@/lib/domain/pinned-list";
import { contextOf } from "@/lib/operations/testing/context";
import { fleetOf, topicOf } from "@/lib/operations/testing/fleet";
import { listTopics } from "@/lib/operations/topics/list-topics";

const names = Array.from({ length: 7 }, (_, index) => `t${index}`);
const fleet = (version: string, topics: string[]) => fleetOf({ version, topics: topics.map((name) => topicOf(name)) });

interface Listed {
  page: { total: number; nextCursor: string | null; version: string };
  rows: { topic: string; groupCount: number }[];
}
const list = async (context: ReturnType<typeof contextOf>, query: Record<string, unknown> = {}) =>
  (await listTopics.run(context, { clusterId: "c1", limit: 3, ...query })) as Listed;

describe("a list in pages", () => {
  it("shows every row once, as of the fleet it began with while that is whole, and the fleet moves on", async () => {
    const fleets = [fleet("v1", names)];
    const context = contextOf(fleets);
    const first = await list(context);
    fleets.push(fleet("v2", ["a0", ...names.slice(2)]));
    const second = await list(context, { cursor: first.page.nextCursor });
    const third = await list(context, { cursor: second.page.nextCursor });
    expect([first, second, third].flatMap(({ rows }) => rows.map(({ topic }) => topic))).toEqual(names);
    expect([first, second, third].map(({ page }) => page.total)).toEqual([7, 7, 7]);
    expect(third.page).toMatchObject({ nextCursor: null, version: "v1" });
    expect((await list(context)).page.version).toBe("v2");
  });

  it("goes on in the order it began with when nothing else is left of that fleet: rows as they are now, without those that are gone", async () => {
    const whole = fleet("v1", names);
    const fleets = [whole];
    const context = contextOf(fleets);
    const first = await list(context);
    const { page } = await list(contextOf([fleet("v1", names)]), { q: "t" });
    const replaced = { ...fleet("v1", []), lists: thinLists(whole.lists), replaced: true } as const;
    const now = [topicOf("a0"), topicOf("t6"), topicOf("t5"), topicOf("t3", { groupCount: 77 })];
    fleets.splice(0, 1, replaced, fleetOf({ version: "v2", topics: now }));
    const second = await list(context, { cursor: first.page.nextCursor });
    expect(second.page).toMatchObject({ total: 7, version: "v1" });
    expect(second.rows.map(({ topic, groupCount }) => [topic, groupCount === 77])).toEqual([
      ["t3", true],
      ["t5", false],
    ]);
    const third = await list(context, { cursor: second.page.nextCursor });
    expect([third.rows.map(({ topic }) => topic), third.page.nextCursor]).toEqual([["t6"], null]);
    await expect(list(context, { cursor: page.nextCursor, q: "t" })).rejects.toMatchObject({ code: "precondition_failed" });
  });

  it("says so when the fleet it began with is gone", async () => {
    const { page } = await list(contextOf([fleet("v1", names)]));
    await expect(list(contextOf([fleet("v2", names)]), { cursor: page.nextCursor })).rejects.toMatchObject({ code: "precondition_failed" });
  });

  it.each([
    "",
    "x",
    "bnVsbA",
    Buffer.from('["v1",-1,"a"]').toString("base64url"),
    Buffer.from('["v1",3,"zzz"]').toString("base64url"),
    "é\u0001",
  ])("refuses the cursor %j", async (cursor) =>
    expect(list(contextOf([fleet("v1", names)]), { cursor })).rejects.toMatchObject({ code: "invalid", details: [{ path: "cursor" }] }),
  );

  it("refuses the cursor of a list with other filters", async () => {
    const context = contextOf([fleet("v1", names)]);
    const { page } = await list(context);
    await expect(list(context, { cursor: page.nextCursor, q: "t" })).rejects.toMatchObject({ code: "invalid" });
  });

  it.each([0, 501, 1.5, "many"])("refuses the limit %j", async (limit) => {
    await expect(list(contextOf(), { limit })).rejects.toMatchObject({ code: "invalid", details: [{ path: "limit" }] });
  });
});
