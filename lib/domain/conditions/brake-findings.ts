import type { ActiveBrake } from "@/lib/domain/change/facts";
import { METERS } from "@/lib/domain/quota/meters";
import { quotaWords } from "@/lib/domain/quota/quota-words";
import type { Finding } from "./condition";

/** It is taken back within seconds of its end; one that is there this much later was not. */
export const BRAKE_LATE_MS = 2 * 60_000;

/** A brake on a tenant: that it is there, how far, until when and by whom; or that it is over and still there. */
export function brakeFindings(brake: ActiveBrake | undefined, nowMs: number): Finding[] {
  if (brake === undefined) return [];
  const { tenantId, until, by, changeId, reason, failedEnd } = brake;
  const about = { tenantId, clusterId: null, subject: "brake", evidence: { until, changeId, reason } };
  const held = `held to ${brakeCaps(brake).join(" and ")} by a brake of ${by}`;
  if (nowMs - Date.parse(until) <= BRAKE_LATE_MS) {
    return [{ ...about, rule: "brake.active", severity: "warn", sentence: `It is ${held} until ${clock(until)}.` }];
  }
  const why = failedEnd === undefined ? "" : ` Change ${failedEnd.changeId} could not take it back: ${failedEnd.message}`;
  const sentence = `It is still ${held} that should have ended at ${clock(until)}: release it by hand.${why}`;
  return [{ ...about, rule: "brake.not-lifted", severity: "danger", sentence }];
}

/** What it lets through, each way: "20 kB/s a broker to produce". */
export function brakeCaps({ operations }: Pick<ActiveBrake, "operations">): string[] {
  return (["produce", "consume"] as const).flatMap((direction) => {
    const { key } = METERS[direction];
    const capped = operations.find(({ target }) => target.kind === "quota" && target.key === key)?.after ?? null;
    return capped === null ? [] : [`${quotaWords(key, Number(capped))} to ${direction}`];
  });
}

function clock(iso: string): string {
  return `${iso.slice(11, 16)} UTC`;
}
