"use client";

import { formatClock, formatUtc } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import { formatAgo } from "@/lib/domain/format";

const HOUR_MS = 3_600_000;

/** When something began: "4 min ago", or "since Mon 23 Nov, 16:20"; UTC on hover. */
export function Since({ at }: { at: string }) {
  const now = useNow();
  const atMs = Date.parse(at);
  const age = now - atMs;
  const recent = age >= 0 && age < HOUR_MS;
  return (
    <time dateTime={at} title={formatUtc(atMs)}>
      {recent ? formatAgo(age) : `since ${formatClock(atMs, now)}`}
    </time>
  );
}
