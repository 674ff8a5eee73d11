import { cpuUsedShare } from "@/lib/domain/cloud/cloud-meters";
import { fetchTime } from "@/lib/domain/fetch-time";
import type { BrokerMeters, ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Judging } from "./judging";
import type { BrokerBaseline, BrokerPressure, BrokerTimes, PressureMemory, PressureSign } from "./noise";
import { type BrokerMeasures, nextBaseline, pressureSigns, unseenSigns } from "./pressure";
import { sizeLimit } from "./size-limit";

/** A broker counts as relieved after this many calm readings. One reading with a sign may be a burst: it is under pressure with the second. */
const CALM_READINGS = 3;

/** Which brokers are under pressure, since when, by which signs; and what the next reading is compared with. */
export function brokerPressures({ cluster, memory, fresh, atMs }: Judging): {
  now: Map<number, BrokerPressure>;
  remembered: Map<number, PressureMemory>;
  baselines: Map<number, BrokerBaseline>;
} {
  const now = new Map<number, BrokerPressure>();
  const remembered = new Map<number, PressureMemory>();
  const baselines = new Map(memory.baselines);
  for (const [brokerId, meters] of fresh) {
    const measures = measuresOf(cluster, meters, cluster.cloud?.brokers.get(brokerId));
    const baseline = memory.baselines.get(brokerId);
    const was = memory.brokers.get(brokerId);
    const signs = pressureSigns(measures, baseline, was?.isUnder === true);
    const is = nextPressure(was, signs, atMs);
    if (is !== null) remembered.set(brokerId, is);
    baselines.set(brokerId, nextBaseline(baseline, timesOfBroker(meters), is === null));
    const unseen = unseenSigns(measures, baseline);
    const eases = signs.length === 0 ? { isEasing: true as const } : {};
    now.set(
      brokerId,
      is?.isUnder ? { brokerId, signs: is.signs, sinceMs: is.sinceMs, unseen, ...eases } : { brokerId, signs: [], sinceMs: null, unseen },
    );
  }
  return { now, remembered, baselines };
}

/** null: there is no pressure to speak of. */
function nextPressure(was: PressureMemory | undefined, signs: PressureSign[], atMs: number): PressureMemory | null {
  if (signs.length > 0) return { sinceMs: was?.sinceMs ?? atMs, isUnder: was !== undefined, calmReadings: 0, signs };
  if (was?.isUnder !== true || was.calmReadings + 1 >= CALM_READINGS) return null;
  return { ...was, calmReadings: was.calmReadings + 1 };
}

function measuresOf(cluster: ClusterSnapshot, meters: BrokerMeters, cloud: Record<string, number> | undefined): BrokerMeasures {
  const { broker } = meters;
  return {
    requestHandlerIdle: broker.requestHandlerIdle,
    networkProcessorIdle: broker.networkProcessorIdle,
    cpuUsedShare: cloud === undefined ? undefined : cpuUsedShare(cloud),
    produceMs: broker.produceTotalTimeMsMean,
    fetchMs: fetchTime(broker)?.value,
    packetsShapedPerMinute: cloud?.TrafficShaping,
    sizeLimit: sizeLimit(cluster, meters, cloud),
  };
}

function timesOfBroker({ broker }: BrokerMeters): BrokerTimes {
  return { produceMs: broker.produceTotalTimeMsMean ?? null, fetchMs: fetchTime(broker)?.value ?? null };
}

/** Produce and fetch times of each broker, by which a mechanism is told. */
export function timesByBroker(fresh: ReadonlyMap<number, BrokerMeters>): Map<number, BrokerTimes> {
  return new Map([...fresh].map(([brokerId, meters]) => [brokerId, timesOfBroker(meters)]));
}
