import type { BrokerMeterFact } from "./facts";
import type { Observed } from "./observed";

/** Said of a fetch's time where its wait for records is in it. */
const WITH_WAIT = "Its wait for records is in it: it is not told apart here.";

/**
 * How long a broker works on a fetch, in milliseconds: Kafka's total without the wait for records. A client that asks for many records, or of
 * an idle topic, waits for as long as it says itself, and a broker is not slow for that. `note`: where the wait is not told the total is all
 * there is. undefined: no fetch is told of.
 */
export function fetchTime({
  fetchConsumerTotalTimeMsMean: total,
  fetchConsumerRemoteTimeMsMean: waited,
}: BrokerMeterFact): { value: number; note: string | null } | undefined {
  if (total === undefined) return undefined;
  return waited === undefined ? { value: total, note: WITH_WAIT } : { value: Math.max(0, total - waited), note: null };
}

/** Whether the wait for records is in a fetch's time. */
export function isWithWait(observed: Observed<number>): boolean {
  return observed.source !== "unavailable" && observed.note?.includes(WITH_WAIT) === true;
}
