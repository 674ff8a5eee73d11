import { expect, test } from "vitest";
import type { HistorySeries } from "@/lib/domain/views/tenants";
import { throttledWords } from "./throttled-words";

const line = (brokerId: number, ...values: (number | null)[]): HistorySeries => ({
  key: String(brokerId),
  name: `broker ${brokerId}`,
  clusterId: "c",
  brokerId,
  values,
});

test.each<[string, HistorySeries[], number, string | undefined]>([
  ["any broker's minute counts once", [line(1, 0, 30, null, 9), line(2, 0, 40, 0, 0)], 60_000, "throttled in 2 of 4 minutes"],
  ["a minute of which nobody told is none", [line(1, null, 30)], 60_000, "throttled in 1 of 1 minute"],
  ["nothing was held back", [line(1, 0, 0)], 300_000, "never in 2 spans of five minutes"],
  ["by the hour", [line(1, 0, 5, 0)], 3_600_000, "throttled in 1 of 3 hours"],
  ["nobody told", [line(1, null, null)], 60_000, undefined],
  ["nothing is visible", [], 60_000, undefined],
])("%s", (_what, lines, stepMs, words) => expect(throttledWords(lines, stepMs)).toBe(words));
