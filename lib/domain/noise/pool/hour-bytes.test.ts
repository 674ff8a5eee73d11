import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR_MS } from "@/lib/domain/pool/sampled-hour";
import { changedPart, hourBytes } from "./hour-bytes";
import type { HourSlice } from "./pool-noise";

const MINUTE = 60_000;
const FROM = 0;
const hour = (rate: (minute: number) => number | null): HourSlice[] =>
  Array.from({ length: 60 }, (_, minute) => {
    const read = rate(minute);
    return read === null ? { coveredMs: 0, in: 0, out: 0 } : { coveredMs: MINUTE, in: read * 60, out: 0 };
  });
const sampled = (sinceMinute: number, part = 1) => ({ fromMs: FROM, sinceMs: FROM + sinceMinute * MINUTE, part });
const share = (bytes: number, bytesError = 0) => ({ bytes, bytesError });
/** As bytes a second over the hour. */
const rates = (...of: Parameters<typeof hourBytes>) => {
  const { low, value, high } = hourBytes(...of);
  return [low, value, high].map((bytes) => Math.round(bytes / 3600));
};

describe("a tenant's bytes of an hour", () => {
  it.each<[what: string, slices: HourSlice[], since: number, of: ReturnType<typeof share>, told: number[]]>([
    [
      "of a whole hour that was sampled are its share, whatever the traffic did",
      hour((m) => (m < 30 ? 100 : 300)),
      0,
      share(0.5, 0.1),
      [80, 100, 120],
    ],
    ["of even traffic are its share, also where only the end was sampled", hour(() => 100), 59, share(0.5, 0.1), [40, 50, 60]],
    ["in a rise before the sample may not all be its", hour((m) => (m < 30 ? 100 : 400)), 59, share(0.8), [170, 200, 210]],
    [
      "leave a rise that the sample did not see to nobody",
      hour((m) => (m === 59 ? 100 : m < 30 ? 100 : 400)),
      59,
      share(0.2),
      [20, 49, 165],
    ],
    ["cannot be told where everything changed", hour((m) => (m === 59 ? 0 : 100)), 59, share(0.5), [0, 49, 98]],
    ["are none of nothing", hour(() => 0), 0, share(0.5), [0, 0, 0]],
    ["count minutes that were read", hour((m) => (m < 45 ? 100 : null)), 30, share(0.5), [38, 38, 38]],
    [
      "of a sample of minutes that were not read are those of the minute nearest to it",
      hour((m) => (m < 45 ? 100 : null)),
      59,
      share(0.5),
      [38, 38, 38],
    ],
  ])("%s", (_, slices, since, of, told) => expect(rates(slices, of, sampled(since))).toEqual(told));

  it("leave what lies in partitions that were not drawn from to nobody", () => {
    expect(
      rates(
        hour(() => 100),
        share(0.5, 0.1),
        sampled(0, 0.5),
      ),
    ).toEqual([20, 50, 80]);
  });

  it("hold the truth, whoever of the tenants changes within the hour while the others stay", () => {
    const level = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(
        fc.array(level, { minLength: 2, maxLength: 5 }),
        fc.array(level, { minLength: 60, maxLength: 60 }),
        fc.integer({ min: 0, max: 59 }),
        (even, changing, since) => {
          // All tenants but the last one are even; the sample sees who wrote what from `since` on, when nothing changes any more.
          const last = (minute: number) => changing[Math.min(minute, since)] ?? 0;
          const others = even.reduce((sum, one) => sum + one, 0);
          const end = others + last(59);
          fc.pre(end > 0);
          const slices = hour((minute) => others + last(minute));
          const truths = [
            ...even.map((one) => one * HOUR_MS),
            Array.from({ length: 60 }, (_, m) => last(m) * MINUTE).reduce((a, b) => a + b, 0),
          ];
          const at = [...even, last(59)];
          for (const [who, truth] of truths.entries()) {
            const { low, high } = hourBytes(slices, share((at[who] ?? 0) / end), sampled(since));
            expect(low).toBeLessThanOrEqual(truth / 1000 + 1e-3);
            expect(high).toBeGreaterThanOrEqual(truth / 1000 - 1e-3);
          }
        },
      ),
    );
  });
});

describe("what changed", () => {
  it.each<[number, HourSlice[], number]>([
    [0, hour((m) => (m < 30 ? 100 : 300)), 0],
    [59, hour(() => 100), 0],
    [59, hour((m) => (m < 59 ? 200 : 100)), 0.496],
  ])("since minute %d is a part of all bytes", (since, slices, part) => {
    expect(changedPart(slices, sampled(since))).toBeCloseTo(part, 2);
  });
});
