import { describe, expect, it } from "vitest";
import type { ClientMeterFact, QuotaRuleFact } from "@/lib/domain/facts";
import { client, rule } from "@/lib/domain/testing/cluster-fixture";
import { mskFacts } from "@/lib/domain/testing/msk-fixture";
import { sizeLimit } from "./size-limit";

const EXPRESS = mskFacts({}, { kind: "express", instanceType: "express.m7g.large" });
const HELD = { ProduceThrottleTime: 120, ProduceThrottleByteRate: 3_000_000 };
const PRODUCE = { produce: { ms: 120, bytesPerSecond: 3_000_000 } };
const LIMIT = [rule({ user: "acme" }, 50_000)];
const MEASURE = [rule({ user: "nobody" }, 1e15)];

describe("what the limit of a broker's size held back", () => {
  it.each<
    [what: string, quotas: QuotaRuleFact[] | null, clients: ClientMeterFact[], cloud: Record<string, number> | undefined, told: object]
  >([
    ["is told where no rule limits anybody", [], [], HELD, PRODUCE],
    ["is told where rules only let brokers count", MEASURE, [], HELD, PRODUCE],
    ["is told where no client is throttled, and that is measured", LIMIT, [client("acme", 1_000)], HELD, PRODUCE],
    ["is unclear where a client is throttled", LIMIT, [client("acme", 1_000, { produceThrottleMs: 90 })], HELD, { produce: "unclear" }],
    ["is unclear where clients are not measured", LIMIT, [], HELD, { produce: "unclear" }],
    ["is unclear where the quotas are not known", null, [], HELD, { produce: "unclear" }],
    [
      "is nothing where nothing is held back, whatever rules there are",
      LIMIT,
      [],
      { ProduceThrottleTime: 0, FetchThrottleByteRate: 0 },
      { produce: { ms: 0, bytesPerSecond: null }, consume: { ms: 0, bytesPerSecond: 0 } },
    ],
    ["is of fetches by their own metrics", [], [], { FetchThrottleTime: 7 }, { consume: { ms: 7, bytesPerSecond: null } }],
    ["is not known where nothing is published", [], [], {}, {}],
    ["is not known without CloudWatch", [], [], undefined, {}],
  ])("%s", (_, quotas, clients, cloud, told) => expect(sizeLimit({ msk: EXPRESS, quotas }, { clients }, cloud)).toEqual(told));

  it("is nothing of brokers that have no such limit: there it is clients' quotas alone", () => {
    expect(sizeLimit({ msk: mskFacts({}, { kind: "standard" }), quotas: [] }, { clients: [] }, HELD)).toEqual({});
    expect(sizeLimit({ msk: null, quotas: [] }, { clients: [] }, HELD)).toEqual({});
  });
});
