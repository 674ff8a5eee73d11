import { BUSY_CPU_SHARE, LITTLE_IDLE_SHARE } from "@/lib/domain/pressure";
import { DIRECTIONS } from "@/lib/domain/views/use";
import type { BrokerBaseline, BrokerTimes, PressureSign } from "./noise";
import type { SizeLimit } from "./size-limit";

/** What a broker says of itself. undefined: not published. Nothing of its clients is here: what throttles them is their own. */
export interface BrokerMeasures {
  requestHandlerIdle: number | undefined;
  networkProcessorIdle: number | undefined;
  cpuUsedShare: number | undefined;
  produceMs: number | undefined;
  fetchMs: number | undefined;
  /** Packets a minute that its network allowance held back or dropped. */
  packetsShapedPerMinute: number | undefined;
  /** What the limit of its size held back; of Express alone. */
  sizeLimit: SizeLimit;
}

/** A time counts as slow from this many times its baseline, and never below so many milliseconds, which nobody feels. */
const SLOW_TIMES = 3;
const SLOW_MS_MIN = 20;
/** Before that many calm readings there is no baseline. */
const BASELINE_READINGS = 10;
/** A reading's weight in the baseline: about the mean of the last hour of minutes. */
const BASELINE_WEIGHT = 1 / 60;
/** Once under pressure a broker stays so until it is this much better. */
const RELIEF = 0.2;

/** By which of its own measures a broker is under pressure. */
export function pressureSigns(measures: BrokerMeasures, baseline: BrokerBaseline | undefined, wasUnder: boolean): PressureSign[] {
  const signs: PressureSign[] = [];
  const slack = wasUnder ? 1 + RELIEF : 1;
  const idle = (kind: "handlers" | "network", value: number | undefined): void => {
    if (value !== undefined && value < LITTLE_IDLE_SHARE * slack) signs.push({ kind, value, limit: LITTLE_IDLE_SHARE, baseline: null });
  };
  idle("handlers", measures.requestHandlerIdle);
  idle("network", measures.networkProcessorIdle);
  const { cpuUsedShare, packetsShapedPerMinute } = measures;
  if (cpuUsedShare !== undefined && cpuUsedShare > BUSY_CPU_SHARE / slack)
    signs.push({ kind: "cpu", value: cpuUsedShare, limit: BUSY_CPU_SHARE, baseline: null });
  if (packetsShapedPerMinute !== undefined && packetsShapedPerMinute > 0)
    signs.push({ kind: "shaped", value: packetsShapedPerMinute, limit: 0, baseline: null });
  signs.push(...heldBack(measures.sizeLimit));
  const slow = (kind: "produce-time" | "fetch-time", value: number | undefined, usual: number | null | undefined): void => {
    if (value === undefined || usual == null || (baseline?.readings ?? 0) < BASELINE_READINGS) return;
    const limit = Math.max(SLOW_TIMES * usual, SLOW_MS_MIN);
    if (value > limit / slack) signs.push({ kind, value, limit, baseline: usual });
  };
  slow("produce-time", measures.produceMs, baseline?.produceMs);
  slow("fetch-time", measures.fetchMs, baseline?.fetchMs);
  return signs;
}

const HELD = { produce: "produce-held", consume: "fetch-held" } as const;

function heldBack(sizeLimit: SizeLimit): PressureSign[] {
  return DIRECTIONS.flatMap((direction): PressureSign[] => {
    const held = sizeLimit[direction];
    if (held === undefined || held === "unclear" || (held.ms === 0 && (held.bytesPerSecond ?? 0) === 0)) return [];
    const bytes = held.bytesPerSecond === null ? {} : { bytesPerSecond: held.bytesPerSecond };
    return [{ kind: HELD[direction], value: held.ms, limit: 0, baseline: null, ...bytes }];
  });
}

/** Signs that nothing is published for, so that their silence says nothing. */
export function unseenSigns(measures: BrokerMeasures, baseline: BrokerBaseline | undefined): PressureSign["kind"][] {
  const hasBaseline = (baseline?.readings ?? 0) >= BASELINE_READINGS;
  return [
    ...(measures.requestHandlerIdle === undefined ? (["handlers"] as const) : []),
    ...(measures.networkProcessorIdle === undefined ? (["network"] as const) : []),
    ...(measures.cpuUsedShare === undefined ? (["cpu"] as const) : []),
    ...(measures.produceMs === undefined || !hasBaseline ? (["produce-time"] as const) : []),
    ...(measures.fetchMs === undefined || !hasBaseline ? (["fetch-time"] as const) : []),
    // Held back by something, and whether by the broker's own limit is not known.
    ...DIRECTIONS.flatMap((direction) => (measures.sizeLimit[direction] === "unclear" ? [HELD[direction]] : [])),
  ];
}

/** Calm readings make the baseline; under pressure it stands still, so that trouble does not become usual. */
export function nextBaseline(before: BrokerBaseline | undefined, times: BrokerTimes, isCalm: boolean): BrokerBaseline {
  const { produceMs, fetchMs, readings } = before ?? { produceMs: null, fetchMs: null, readings: 0 };
  if (!isCalm) return { produceMs, fetchMs, readings };
  const weight = Math.max(BASELINE_WEIGHT, 1 / (readings + 1));
  const mix = (usual: number | null, now: number | null): number | null =>
    usual === null || now === null ? (now ?? usual) : usual + (now - usual) * weight;
  return { produceMs: mix(produceMs, times.produceMs), fetchMs: mix(fetchMs, times.fetchMs), readings: readings + 1 };
}
