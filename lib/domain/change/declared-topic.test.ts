import { describe, expect, it } from "vitest";
import { Override, type OverrideScope } from "@/lib/domain/override";
import { overrideFor } from "./declared-topic";

const AT = "2026-11-23T12:00:00.000Z";

function on(scope: OverrideScope | undefined, more: object = {}): Override {
  const about = { reason: "r", author: "ada", at: "2026-06-01T09:00:00.000Z" };
  return Override.parse({ setting: "retentionMs", value: 1_000, ...about, ...(scope === undefined ? {} : { on: scope }), ...more });
}

const EVERYWHERE = on(undefined);
const CLUSTER = on({ cluster: "c1" });
const TOPIC = on({ topic: "acme.orders" });
const BOTH = on({ cluster: "c1", topic: "acme.orders" });

const found = (overrides: Override[]) => overrideFor({ overrides }, "retentionMs", { cluster: "c1", topic: "acme.orders" }, AT);

describe("the override that counts", () => {
  it.each([
    ["of one cluster before everywhere", [CLUSTER, EVERYWHERE]],
    ["of one topic before one cluster", [TOPIC, CLUSTER, EVERYWHERE]],
    ["of a topic on a cluster before all", [BOTH, TOPIC, CLUSTER, EVERYWHERE]],
  ])("is the narrowest, in whatever order they stand: %s", (_what, overrides) => {
    expect(found(overrides)).toBe(overrides[0]);
    expect(found(overrides.toReversed())).toBe(overrides[0]);
  });

  it("is one of a principal before one of a cluster", () => {
    const principal = on({ principal: "acme" }, { setting: "produceQuotaBytesPerSecond" });
    const cluster = on({ cluster: "c1" }, { setting: "produceQuotaBytesPerSecond" });
    for (const overrides of [
      [principal, cluster],
      [cluster, principal],
    ])
      expect(overrideFor({ overrides }, "produceQuotaBytesPerSecond", { cluster: "c1", principal: "acme" }, AT)).toBe(principal);
  });

  it.each([
    ["elsewhere", on({ cluster: "c2" })],
    ["of another topic", on({ topic: "acme.returns" })],
    ["of a principal, which a topic is not", on({ principal: "acme" })],
    ["of another setting", on(undefined, { setting: "maxMessageBytes" })],
    ["over by now", on(undefined, { until: AT })],
  ])("is none that is %s", (_what, override) => {
    expect(found([override])).toBeNull();
  });
});
