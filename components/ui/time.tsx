"use client";

import { formatAgo } from "@/lib/domain/format";
import { useNow } from "./use-now";

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const DAY_CLOCK = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const HOUR_MS = 3_600_000;

/** "14:02:10" in the viewer's zone, with the day when it is not within the last twelve hours. */
export function formatClock(atMs: number, nowMs: number): string {
  return (Math.abs(nowMs - atMs) < 12 * HOUR_MS ? CLOCK : DAY_CLOCK).format(atMs);
}

const MINUTES = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY_MINUTES = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** "14:00 to 15:00" in the viewer's zone, with the day when it is not within the last twelve hours. */
export function formatClockSpan(fromMs: number, untilMs: number, nowMs: number): string {
  const first = Math.abs(nowMs - fromMs) < 12 * HOUR_MS ? MINUTES : DAY_MINUTES;
  return `${first.format(fromMs)} to ${MINUTES.format(untilMs)}`;
}

/** "2026-11-23 14:02:10 UTC". */
export function formatUtc(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** A moment: relative under an hour, else in the viewer's zone; UTC on hover. Only for what is loaded in the browser. */
export function Time({ at }: { at: string }) {
  const now = useNow();
  const atMs = Date.parse(at);
  const age = now - atMs;
  return (
    <time dateTime={at} title={formatUtc(atMs)}>
      {age >= 0 && age < HOUR_MS ? formatAgo(age) : formatClock(atMs, now)}
    </time>
  );
}
