import { describe, expect, it } from "vitest";
import type { TopicState } from "@/sandbox/aws/brokers/read-topics";
import { createTopicView } from "./topic-view";

const REFRESH_MS = 60_000;

function world() {
  const state = { nowMs: 0, retention: "1000", topics: [{ name: "t", partitions: [] }] as TopicState[], fails: false };
  const view = createTopicView(
    {
      list: async () => {
        if (state.fails) throw new Error("away");
        return [...state.topics];
      },
      configs: async () => ({ "retention.ms": state.retention }),
      replaceConfigs: async () => undefined,
      grow: async () => undefined,
    },
    REFRESH_MS,
    () => state.nowMs,
  );
  return { state, view };
}

describe("what MSK knows of topics", () => {
  it("is up to a minute old", async () => {
    const { state, view } = world();
    expect(await view.list()).toHaveLength(1);
    state.topics.push({ name: "new", partitions: [] });
    state.nowMs = REFRESH_MS - 1;
    expect(await view.list()).toHaveLength(1);
    state.nowMs = REFRESH_MS;
    expect(await view.list()).toHaveLength(2);
  });

  it("says UPDATING with the old values until it was refreshed", async () => {
    const { state, view } = world();
    expect(await view.describe("t")).toMatchObject({ status: "ACTIVE", configs: { "retention.ms": "1000" } });
    state.nowMs = 10_000;
    state.retention = "2000";
    view.changed("t");
    expect(await view.describe("t")).toMatchObject({ status: "UPDATING", configs: { "retention.ms": "1000" } });
    state.nowMs = 70_000;
    expect(await view.describe("t")).toMatchObject({ status: "ACTIVE", configs: { "retention.ms": "2000" } });
  });

  it("asks again after a reading that failed", async () => {
    const { state, view } = world();
    state.fails = true;
    await expect(view.list()).rejects.toThrow("away");
    state.fails = false;
    expect(await view.list()).toHaveLength(1);
  });

  it("knows no topic that is not there", async () => {
    expect(await world().view.describe("other")).toBeNull();
  });
});
