import { describe, expect, it } from "vitest";
import { assembleFleet } from "./assemble/assemble-fleet";
import type { BrokerMeterFact } from "./facts";
import { fetchTime, isWithWait } from "./fetch-time";
import { EMPTY_MEMORY } from "./fleet-memory";
import { unavailable } from "./observed";
import { AT, cluster, registry, tenant } from "./testing/cluster-fixture";

const fetched = (total?: number, waited?: number): BrokerMeterFact => ({
  ...(total === undefined ? {} : { fetchConsumerTotalTimeMsMean: total }),
  ...(waited === undefined ? {} : { fetchConsumerRemoteTimeMsMean: waited }),
});

describe("a fetch's time", () => {
  it.each<[what: string, broker: BrokerMeterFact, value: number | undefined, withWait: boolean]>([
    ["is without its wait for records", fetched(3_900, 3_896), 4, false],
    ["is none of nothing", fetched(), undefined, false],
    ["is the whole where the wait is not told", fetched(510), 510, true],
    ["is never below nothing", fetched(10, 12), 0, false],
  ])("%s", (_, broker, value, withWait) => {
    expect(fetchTime(broker)?.value).toBe(value);
    expect(fetchTime(broker)?.note != null).toBe(withWait);
  });

  it("of a cluster is that of its slowest broker, by what brokers work and not by what clients wait", () => {
    const made = cluster({ topics: ["acme.a"] });
    const times = [fetched(3_900, 3_895), fetched(40, 10), fetched(5_000, 5_000)];
    const meters = new Map([...made.meters].map(([id, of], at) => [id, { ...of, broker: { ...of.broker, ...times[at] } }]));
    const clusters = [{ ...made, meters }];
    const { fleet } = assembleFleet({ registry: registry([tenant("acme")]), clusters, memory: EMPTY_MEMORY, at: AT });
    const told = fleet.summaries.get("c1")?.fetchTimeMs ?? unavailable("", "", AT);
    expect(told).toMatchObject({ source: "measured", value: 30 });
    expect(isWithWait(told)).toBe(false);
  });
});
