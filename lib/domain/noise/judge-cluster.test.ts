import { describe, expect, it } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import type { ClientMeterFact } from "@/lib/domain/facts";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { BrokerMeters, ClusterSnapshot } from "@/lib/domain/snapshot";
import { drain } from "@/lib/domain/steps";
import { AT_MS, client, cluster, registry, tenant } from "@/lib/domain/testing/cluster-fixture";
import { EMPTY_NOISE_MEMORY, judgeCluster } from "./judge-cluster";
import type { ClusterNoise, NoiseMemory } from "./noise";
import { rankingOf } from "./noisy-rows";
import { rememberOpen } from "./remember-open";

const MINUTE = 60_000;
const KB = 1000;

/** One reading: what each tenant's clients send to broker 2 in kB/s, how idle its handlers are, and how late acme's group is. */
interface Reading {
  rates: Record<string, number>;
  idle?: number;
  behind?: number;
  fetchMs?: number;
  quotas?: ClusterSnapshot["quotas"];
  throttleMs?: number;
  consumed?: number;
}

function snapshot({ rates, idle = 0.9, behind = 0, fetchMs, quotas, throttleMs = 0 }: Reading, minute: number): ClusterSnapshot {
  const at = new Date(AT_MS + minute * MINUTE).toISOString();
  const clients: ClientMeterFact[] = Object.entries(rates).map(([user, kilobytes]) =>
    client(user, kilobytes * KB, { produceThrottleMs: throttleMs }),
  );
  const made = cluster({
    at,
    topics: Object.keys(rates).map((id) => `${id}.events`),
    groups: { "acme.reader": { behind: { "acme.events": behind } } },
    clients: { 2: clients },
    ...(quotas === undefined ? {} : { quotas }),
  });
  const meters = new Map(made.meters);
  const of = meters.get(2);
  const sum = Object.values(rates).reduce((all, one) => all + one, 0) * KB;
  const broker: BrokerMeters["broker"] = {
    requestHandlerIdle: idle,
    bytesInPerSecond: sum,
    bytesOutPerSecond: sum,
    ...(fetchMs === undefined ? {} : { fetchConsumerTotalTimeMsMean: fetchMs }),
  };
  if (of !== undefined) meters.set(2, { ...of, broker });
  return { ...made, meters };
}

const TENANTS = ["acme", "brook", "kestrel"].map((id) => tenant(id));

function fleetAt(reading: Reading, minute: number): FleetSnapshot {
  const made = snapshot(reading, minute);
  return assembleFleet({ registry: registry(TENANTS), clusters: [made], memory: EMPTY_MEMORY, at: made.at }).fleet;
}

function judged(readings: readonly Reading[], from: NoiseMemory = EMPTY_NOISE_MEMORY): { noise: ClusterNoise; fleet: FleetSnapshot }[] {
  let memory = from;
  return readings.map((reading, minute) => {
    const fleet = fleetAt(reading, minute);
    const made = fleet.clusters.get("c1");
    if (made === undefined) throw new Error("no cluster");
    const judgement = drain(judgeCluster(fleet, made, memory, AT_MS + minute * MINUTE));
    memory = judgement.memory;
    return { noise: judgement.noise, fleet };
  });
}

const CALM: Reading = { rates: { acme: 20, brook: 20, kestrel: 20 } };
const STORM: Reading = { rates: { acme: 20, brook: 20, kestrel: 300 }, idle: 0.1, behind: 400 };
const verdicts = (readings: readonly Reading[]) =>
  judged(readings).map(({ noise }) => noise.levels.find(({ tenantId, resource }) => tenantId === "kestrel" && resource === "in")?.verdict);

describe("a cluster's reading", () => {
  it("finds the noisy neighbour within two intervals, and lets it go", () => {
    expect(verdicts([CALM, STORM, STORM, CALM, CALM, CALM])).toEqual(["quiet", "quiet", "noisy", "noisy", "noisy", "quiet"]);
  });

  it("calls it loud where the broker copes", () => {
    expect(verdicts([CALM, { ...STORM, idle: 0.8 }, { ...STORM, idle: 0.8 }]).at(-1)).toBe("loud");
  });

  it("says who, where, since when, of what, against what, and who fell behind", () => {
    const noise = judged([CALM, STORM, STORM]).at(-1)?.noise;
    const finding = noise?.findings.find(({ rule, subject }) => rule === "noise.noisy" && subject === "broker 2 in");
    const said = finding?.sentence.replaceAll(/[\u00a0\u202f]/g, " ");
    expect(said).toContain("kestrel takes 88 % of what broker 2 of c1 receives, 2.6 times the 33 % it is entitled to, since");
    expect(said).toContain("request handlers idle 10 %");
    expect(said).toContain("acme (acme.reader) 0 s → 6 m 39 s");
    expect(said).toContain("No mechanism seen.");
    expect(finding?.sinceMs).toBe(AT_MS + MINUTE);
    expect(finding?.evidence).toMatchObject({ brokerId: 2, resource: "in", victims: "acme.reader" });
  });

  it("names the mechanism where the broker measured it", () => {
    const noise = judged([
      { ...CALM, fetchMs: 8 },
      { ...STORM, fetchMs: 95 },
      { ...STORM, fetchMs: 95 },
    ]).at(-1)?.noise;
    expect(noise?.episodes[0]?.mechanism).toEqual({ what: "fetch", beforeMs: 8, nowMs: 95 });
  });

  it("blames nobody inside the promise, and says that the promise does not fit the broker", () => {
    // The promise is 3 kB/s in all, so that what is within it is told by small rates.
    const within: Reading = { rates: { acme: 0.5, brook: 0.5, kestrel: 2.9 }, idle: 0.1 };
    const many: Reading = { ...within, rates: { ...within.rates, other: 20 } };
    const told = judged([many, many, many]).map(({ noise }) => noise.findings.map(({ rule }) => rule));
    expect(told).toEqual([[], [], ["noise.pressure"]]);
  });

  it("is judged alike whatever is throttled and whichever quota is set", () => {
    const bare = judged([CALM, STORM, STORM]).map(({ noise }) => noise.levels);
    const quotas = [{ entity: { user: "kestrel" }, values: { producer_byte_rate: 1000 } }];
    const limited = judged([CALM, { ...STORM, quotas }, { ...STORM, quotas, throttleMs: 900 }]).map(({ noise }) => noise.levels);
    expect(limited).toEqual(bare);
  });

  it("does not take the throttling of clients for pressure", () => {
    const throttled: Reading = { ...CALM, throttleMs: 5_000 };
    expect(judged([throttled, throttled])[1]?.noise.brokers.flatMap(({ signs }) => signs)).toEqual([]);
  });

  it("ranks everybody, the noisy one first", () => {
    const last = judged([CALM, STORM, STORM]).at(-1);
    if (last === undefined) throw new Error("nothing judged");
    const fleet = { ...last.fleet, noise: new Map([["c1", last.noise]]) };
    const rows = rankingOf(fleet, { clusterId: null, brokerId: null, tenantId: null, resource: null });
    expect(rows.map(({ tenantId, verdict }) => [tenantId, verdict])).toEqual([
      ["kestrel", "noisy"],
      ["acme", "quiet"],
      ["brook", "quiet"],
    ]);
    const shares = last.noise.levels.filter(({ resource, brokerId }) => resource === "in" && brokerId === 2);
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it("goes on with an episode after a restart", () => {
    const found = judged([CALM, STORM, STORM]).at(-1)?.noise.findings[0];
    if (found === undefined) throw new Error("nothing found");
    const since = new Date(AT_MS).toISOString();
    const open = { ...found, id: "x", label: "", since, until: null, acknowledged: null };
    const [first] = judged([STORM], rememberOpen(EMPTY_NOISE_MEMORY, [open], "c1"));
    expect(first?.noise.levels.find(({ tenantId, resource }) => tenantId === "kestrel" && resource === "in")).toMatchObject({
      verdict: "noisy",
      sinceMs: AT_MS,
    });
  });

  it("says so when no broker tells of itself", () => {
    const silent = cluster({ unread: [1, 2, 3] });
    const { fleet } = assembleFleet({ registry: registry(TENANTS), clusters: [silent], memory: EMPTY_MEMORY, at: silent.at });
    const { noise } = drain(judgeCluster(fleet, silent, EMPTY_NOISE_MEMORY, AT_MS));
    expect(noise.unseen).toMatch(/^No broker's own measures/);
    expect(noise.levels).toEqual([]);
  });
});
