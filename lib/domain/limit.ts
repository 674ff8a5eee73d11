import { keptList } from "./kept-list";
import { aboveQuotaKey, type LimitInput } from "./limit-input";
import { limitNote } from "./limit-note";
import { isKnown, type Known, type Observed, sumObserved, unavailable } from "./observed";
import type { PartUse } from "./quota/buckets";
import type { BrokerUse, DirectionUse, LimitState } from "./views/use";

export const NEAR_SHARE = 0.8;
/** Above its quota for so long without being held back, traffic is not bound by it: Kafka's own window is about ten seconds. */
export const NOT_IN_FORCE_MS = 3 * 60_000;
/** A bucket that is not full was held back for an instant only, unless its requests waited for at least this long. */
const THROTTLE_NOTICED_MS = 50;
const FULL_SHARE = 0.95;
/** A broker holds a bucket at its quota only within its window's error; a total this near the promise is not below it. */
const PROMISE_REACHED_SHARE = 0.95;

type Worst = NonNullable<DirectionUse["worst"]>;

/**
 * A tenant's traffic in one direction on its two axes: the limit, bucket by bucket and broker by broker, and the promise, in total.
 * Throttling is only ever said where it was measured.
 */
export function directionUse(input: LimitInput): DirectionUse {
  const { parts, promiseBytesPerSecond, at } = input;
  const total = sumObserved(
    parts.map((part) => part.total),
    unavailable("The tenant is placed on no cluster.", "Add a placement: a cluster, a model and the names of its topics.", at),
  );
  const promise = promiseUse(promiseBytesPerSecond, total);
  const limited = parts.flatMap(limitedUses);
  const throttled = limited.filter(isThrottled);
  const beyond = limited.filter((use) => isNotInForce(use, input));
  const worst = worstOf(throttled) ?? worstOf(beyond) ?? worstOf(limited);
  const state = limitState(parts, { total, worst, throttled: throttled.length > 0, beyond: beyond.length > 0 }, promise);
  const cutOff = isKnown(total) && throttled.length > 0;
  const use: DirectionUse = {
    state,
    bytesPerSecond: cutOff ? { ...total, atLeast: true, note: "Throttled: its demand is cut off." } : total,
    worst,
    buckets: bucketsOf(parts),
    throttleVisible: limited.length > 0 && limited.every(({ throttleMs }) => throttleMs !== null),
    promise,
    note: null,
  };
  return { ...use, note: limitNote(input, use) };
}

function bucketsOf(parts: readonly PartUse[]): DirectionUse["buckets"] {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only.buckets : keptList(parts.flatMap(({ buckets }) => buckets));
}

function limitedUses({ clusterId, buckets }: PartUse): Worst[] {
  return buckets.flatMap(({ bucket, brokers }) =>
    brokers.filter(({ share }) => share !== null).map((broker) => ({ ...broker, clusterId, bucket })),
  );
}

/**
 * Held back so that demand is cut off. Kafka keeps the last throttle time for a minute after the traffic has stopped: without traffic
 * nobody is held back. A few milliseconds at a bucket with room left are a single burst of the last minute.
 */
function isThrottled({ throttleMs, bytesPerSecond, share }: BrokerUse): boolean {
  if (throttleMs === null || throttleMs === 0 || bytesPerSecond === 0) return false;
  return throttleMs >= THROTTLE_NOTICED_MS || (share ?? 0) >= FULL_SHARE;
}

function isNotInForce(use: Worst, { direction, aboveQuotaSinceMs, nowMs }: LimitInput): boolean {
  if ((use.share ?? 0) <= 1 || isThrottled(use)) return false;
  const since = aboveQuotaSinceMs.get(aboveQuotaKey(direction, use.clusterId, use.bucket, use.brokerId));
  return since !== undefined && nowMs - since >= NOT_IN_FORCE_MS;
}

function worstOf(uses: readonly Worst[]): Worst | null {
  let worst: Worst | null = null;
  for (const use of uses) if (worst === null || (use.share ?? 0) > (worst.share ?? 0)) worst = use;
  return worst;
}

function promiseUse(bytesPerSecond: number | null, total: Observed<number>): DirectionUse["promise"] {
  if (bytesPerSecond === null) return null;
  if (!isKnown(total)) return { bytesPerSecond, share: null, state: "unknown" };
  const share = bytesPerSecond > 0 ? total.value / bytesPerSecond : null;
  return { bytesPerSecond, share, state: promiseState(total, bytesPerSecond) };
}

/** An estimate is on a side of the promise only with the whole of its interval. */
function promiseState({ value, error = 0, atLeast }: Known<number>, promised: number): "within" | "above" | "unknown" {
  const halfWidth = value * error;
  if (value - halfWidth > promised) return "above";
  return atLeast || value + halfWidth > promised ? "unknown" : "within";
}

interface Findings {
  total: Observed<number>;
  worst: Worst | null;
  throttled: boolean;
  beyond: boolean;
}

function limitState(parts: readonly PartUse[], found: Findings, promise: DirectionUse["promise"]): LimitState {
  const { total, worst, throttled, beyond } = found;
  if (throttled) return isBelowPromise(total, promise) ? "throttled-below-promise" : "at-limit";
  if (beyond) return "not-in-force";
  if (worst !== null) {
    if ((worst.share ?? 0) >= NEAR_SHARE) return "near";
    return isNothing(total) ? "idle" : "free";
  }
  if (parts.length === 0 || parts.some(({ limitUnknown }) => limitUnknown !== null)) return "unknown";
  const quotas = parts.flatMap(({ buckets }) => buckets).filter(({ quota }) => quota !== null);
  return quotas.length === 0 ? "no-limit" : "unknown";
}

function isNothing(total: Observed<number>): total is Known<number> {
  return isKnown(total) && total.value === 0 && total.atLeast !== true;
}

function isBelowPromise(total: Observed<number>, promise: DirectionUse["promise"]): boolean {
  if (promise === null || !isKnown(total) || total.atLeast === true) return false;
  return total.value < promise.bytesPerSecond * PROMISE_REACHED_SHARE;
}
