import { observedMeter } from "@/lib/domain/assemble/broker-extremes";
import { cpuUsedShare } from "@/lib/domain/cloud/cloud-meters";
import { partitionLimit } from "@/lib/domain/cloud/msk-limits";
import type { BrokerMeterFact } from "@/lib/domain/facts";
import { fetchTime } from "@/lib/domain/fetch-time";
import { derived, measured, type Observed, unavailable } from "@/lib/domain/observed";
import { meteredBrokers } from "@/lib/domain/quota/meters";
import type { BrokerMeters, ClusterSnapshot } from "@/lib/domain/snapshot";
import type { BrokerView } from "@/lib/domain/views/clusters";

/** Later than this many of its intervals, an exporter's answer says nothing of now. */
const INTERVALS_MAX = 3;

interface Held {
  leaders: number;
  replicas: number;
  underReplicated: number;
}

/** Every broker ever seen, with what it holds and what its exporter says; a broker that is gone has no rates. */
export function brokerViews(snapshot: ClusterSnapshot, hasExporter: boolean, nowMs: number): BrokerView[] {
  const { metadata, knownBrokers, at, msk } = snapshot;
  const instead = meteredBrokers(snapshot, nowMs);
  const types = new Map(msk?.nodes?.map(({ brokerId, instanceType }) => [brokerId, instanceType]));
  const alive = new Map(metadata?.brokers.map((broker) => [broker.id, broker]));
  const held = heldBy(snapshot);
  const sizes = sizesOf(snapshot);
  const ids = [...new Set([...knownBrokers.keys(), ...alive.keys()])].toSorted((a, b) => a - b);
  return ids.map((id) => {
    const broker = alive.get(id);
    const told = instead.derived ? instead.fresh.get(id) : undefined;
    const meter = told === undefined ? meterReader(snapshot, id, broker !== undefined, hasExporter) : cloudReader(told);
    const instanceType = msk?.cluster.instanceType ?? types.get(id) ?? null;
    return {
      id,
      host: broker?.host ?? knownBrokers.get(id)?.host ?? "",
      rack: broker?.rack ?? null,
      alive: broker !== undefined,
      controller: metadata?.controllerId === id,
      lastSeenAt: knownBrokers.get(id)?.lastSeenAt ?? (broker === undefined ? null : snapshot.parts.metadata.at),
      ...(held.get(id) ?? { leaders: 0, replicas: 0, underReplicated: 0 }),
      bytesInPerSecond: meter("bytesInPerSecond"),
      bytesOutPerSecond: meter("bytesOutPerSecond"),
      requestHandlerIdle: meter("requestHandlerIdle"),
      networkProcessorIdle: meter("networkProcessorIdle"),
      produceTotalTimeMs: meter("produceTotalTimeMsMean"),
      fetchTimeMs: meter("fetchConsumerTotalTimeMsMean"),
      storageBytes: storageOf(snapshot, sizes.get(id), at),
      diskUsedShare: diskUse(snapshot, id, at),
      cpuUsedShare: cpuUse(snapshot, id),
      instanceType,
      partitionLimit: partitionLimit(instanceType),
    };
  });
}

function heldBy({ metadata }: ClusterSnapshot): Map<number, Held> {
  const held = new Map<number, Held>();
  const of = (id: number): Held => {
    const known = held.get(id) ?? { leaders: 0, replicas: 0, underReplicated: 0 };
    held.set(id, known);
    return known;
  };
  for (const { partitions } of metadata?.topics.values() ?? []) {
    for (const { leader, replicas, isr } of partitions) {
      if (leader !== null) of(leader).leaders += 1;
      for (const id of replicas) {
        of(id).replicas += 1;
        if (!isr.includes(id)) of(id).underReplicated += 1;
      }
    }
  }
  return held;
}

function sizesOf({ sizes }: ClusterSnapshot): Map<number, number> {
  const sums = new Map<number, number>();
  for (const partitions of sizes.values()) {
    for (const onBrokers of partitions) for (const [id, bytes] of onBrokers ?? []) sums.set(id, (sums.get(id) ?? 0) + bytes);
  }
  return sums;
}

type MeterKey = Exclude<keyof BrokerMeterFact, "bytesInTotal" | "bytesOutTotal" | "recordsInTotal">;

function meterReader(snapshot: ClusterSnapshot, id: number, alive: boolean, hasExporter: boolean): (key: MeterKey) => Observed<number> {
  const missing = whyNoMeters(snapshot, id, alive, hasExporter);
  const meters = snapshot.meters.get(id);
  if (missing !== null || meters === undefined) return () => missing ?? noReading(snapshot);
  return (key) => {
    const told = meterOf(key, meters.broker);
    if (told !== undefined) return observedMeter(told, meters.at, false);
    const [reason, remedy] = whyUntold(key, meters.broker);
    return unavailable(reason, remedy, meters.at);
  };
}

function meterOf(key: MeterKey, broker: BrokerMeters["broker"]) {
  if (key === "fetchConsumerTotalTimeMsMean") return fetchTime(broker);
  const value = broker[key];
  return value === undefined ? undefined : { value, note: null };
}

/** Reason and remedy for a figure that is not among those of a broker that was read. */
function whyUntold(key: MeterKey, { requestHandlerPools }: BrokerMeters["broker"]): [reason: string, remedy: string] {
  if (key === "networkProcessorIdle" && requestHandlerPools !== undefined)
    return [
      "This node is broker and controller, and Kafka's meter of network threads is the controller's there.",
      "Give controllers nodes of their own, as MSK does.",
    ];
  if (key === "produceTotalTimeMsMean" || key === "fetchConsumerTotalTimeMsMean")
    return [
      "No such request was answered between the last two readings, or the exporter does not publish it.",
      "The next reading may have one; else add the bean to the rules of the broker's JMX exporter.",
    ];
  return ["The exporter does not publish this.", "Add the bean to the rules of the broker's JMX exporter."];
}

function cloudReader({ broker, at }: BrokerMeters): (key: MeterKey) => Observed<number> {
  return (key) => {
    const told = meterOf(key, broker);
    if (told !== undefined) return observedMeter(told, at, true);
    return unavailable("CloudWatch does not publish this at the cluster's monitoring level.", "Raise it to PER_BROKER.", at);
  };
}

/** The machine's load is CloudWatch's alone to tell. */
function cpuUse({ cloud, msk, parts, at }: ClusterSnapshot, id: number): Observed<number> {
  const share = cpuUsedShare(cloud?.brokers.get(id) ?? {});
  if (cloud !== null && share !== undefined) return derived(share, cloud.at, "CloudWatch, CpuUser and CpuSystem.");
  const [problem] = parts.cloudwatch.problems;
  if (problem !== undefined) return unavailable(problem.message, problem.remedy ?? "It is asked for again by itself.", at);
  if (msk !== null) return unavailable("CloudWatch had no datapoint of it in the last minutes.", "It is asked for again by itself.", at);
  return unavailable("Kafka does not tell the load of its machine.", "CloudWatch does, for a cluster of MSK.", at);
}

function whyNoMeters(snapshot: ClusterSnapshot, id: number, alive: boolean, hasExporter: boolean): Observed<number> | null {
  const { at, parts, meters } = snapshot;
  if (!hasExporter) {
    return unavailable("The connection names no exporter.", "Turn on open monitoring and add `exporter` to the connection.", at);
  }
  if (!alive) return unavailable("The broker is not alive.", "Start the broker.", at);
  const problem = parts.exporter.problems.find(({ brokerId }) => brokerId === id);
  const reading = meters.get(id);
  if (reading !== undefined && !isOld(reading, snapshot)) return null;
  if (problem !== undefined)
    return unavailable(problem.message, problem.remedy ?? "Check that the console can reach the exporter's port.", at);
  return noReading(snapshot);
}

function isOld(meters: BrokerMeters, { at, parts }: ClusterSnapshot): boolean {
  return Date.parse(at) - Date.parse(meters.at) > INTERVALS_MAX * parts.exporter.intervalMs;
}

function noReading({ at }: ClusterSnapshot): Observed<number> {
  return unavailable("The broker's exporter has not answered yet.", "Wait for the next reading.", at);
}

function storageOf({ parts }: ClusterSnapshot, bytes: number | undefined, now: string): Observed<number> {
  const { at, problems } = parts.logs;
  if (at !== null) return measured(bytes ?? 0, at);
  const [problem] = problems;
  return unavailable(problem?.message ?? "Log sizes have not been read yet.", problem?.remedy ?? "Wait for the next reading.", now);
}

function diskUse({ dirs, parts, cloud }: ClusterSnapshot, id: number, now: string): Observed<number> {
  const own = dirs.filter(({ brokerId }) => brokerId === id);
  const percent = cloud?.brokers.get(id)?.KafkaDataLogsDiskUsed;
  if (own.length === 0 && cloud !== null && percent !== undefined)
    return derived(percent / 100, cloud.at, "CloudWatch, KafkaDataLogsDiskUsed.");
  if (own.length === 0 || parts.logs.at === null) {
    const [problem] = parts.logs.problems;
    return unavailable(problem?.message ?? "Log directories have not been read yet.", problem?.remedy ?? "Wait for the next reading.", now);
  }
  let total = 0;
  let usable = 0;
  for (const dir of own) {
    if (dir.totalBytes === null || dir.usableBytes === null || dir.totalBytes === 0) {
      return unavailable("Brokers before Kafka 3.3 do not say how large their disks are.", "Upgrade the cluster.", now);
    }
    total += dir.totalBytes;
    usable += dir.usableBytes;
  }
  return derived(1 - usable / total, parts.logs.at);
}
