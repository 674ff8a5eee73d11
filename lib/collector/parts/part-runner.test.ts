import { describe, expect, it } from "vitest";
import { type ManualClock, manualClock, settle } from "@/lib/collector/testing/manual-clock";
import { createPartRunner } from "./part-runner";

const INTERVAL_MS = 15_000;

function running(read: () => Promise<boolean>): { clock: ManualClock; runner: ReturnType<typeof createPartRunner> } {
  const clock = manualClock("2026-01-01T00:00:00.000Z");
  const runner = createPartRunner({ clock, intervalMs: INTERVAL_MS, phaseMs: 0, read });
  runner.start(0);
  return { clock, runner };
}

describe("part runner", () => {
  it("reads on a grid of its interval", async () => {
    const times: number[] = [];
    const { clock } = running(async () => {
      times.push(clock.now() % 60_000);
      return true;
    });
    await clock.advance(60_000);
    expect(times).toEqual([0, 15_000, 30_000, 45_000, 0]);
  });

  it("never has two readings under way, and leaves out the ticks that a slow one missed", async () => {
    let open = 0;
    let most = 0;
    const ends: (() => void)[] = [];
    const { clock } = running(async () => {
      most = Math.max(most, ++open);
      await new Promise<void>((resolve) => ends.push(resolve));
      open--;
      return true;
    });
    await clock.advance(100_000);
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await clock.advance(4_999);
    expect(ends).toHaveLength(1);
    await clock.advance(16_000);
    expect(ends).toHaveLength(2);
    expect(most).toBe(1);
  });

  it("tries again sooner after a failure, then ever more rarely up to its interval", async () => {
    const times: number[] = [];
    const clock = manualClock("2026-01-01T00:00:00.000Z");
    const runner = createPartRunner({
      clock,
      intervalMs: 300_000,
      phaseMs: 0,
      read: async () => {
        times.push(clock.now() - START);
        return false;
      },
    });
    runner.start(0);
    await clock.advance(1_000_000);
    expect(times.map((time) => time / 1000)).toEqual([0, 15, 45, 105, 225, 465, 765]);
  });

  it("shares one reading among those who ask for it", async () => {
    let reads = 0;
    const ends: (() => void)[] = [];
    const { clock, runner } = running(async () => {
      reads++;
      await new Promise<void>((resolve) => ends.push(resolve));
      return true;
    });
    await clock.advance(0);
    const asked = [runner.run(10_000), runner.run(10_000)];
    ends[0]?.();
    await Promise.all(asked);
    await runner.run(10_000);
    expect(reads).toBe(1);
  });

  it("reads anew for a person once the last reading is older than what may be shared", async () => {
    let reads = 0;
    const { clock, runner } = running(async () => {
      reads++;
      return true;
    });
    await clock.advance(10_001);
    await runner.run(10_000);
    expect(reads).toBe(2);
  });

  it("does not let a reading that failed stand for one that is asked for", async () => {
    let reads = 0;
    const { clock, runner } = running(async () => {
      reads++;
      return false;
    });
    await clock.advance(1_000);
    await runner.run(10_000);
    expect(reads).toBe(2);
  });

  it("can be hastened, but not slowed down", async () => {
    let reads = 0;
    const { clock, runner } = running(async () => {
      reads++;
      return true;
    });
    await clock.advance(1_000);
    runner.hasten(2_000);
    runner.hasten(9_000);
    await clock.advance(2_000);
    expect(reads).toBe(2);
  });

  it("reads again soon after a reading during which it was hastened", async () => {
    let reads = 0;
    const ends: (() => void)[] = [];
    const { clock, runner } = running(async () => {
      reads++;
      await new Promise<void>((resolve) => ends.push(resolve));
      return true;
    });
    await clock.advance(0);
    runner.hasten(0);
    ends.shift()?.();
    await clock.advance(0);
    await clock.advance(0);
    expect(reads).toBe(2);
    ends.shift()?.();
  });

  it("stops with the end of the reading that is under way, and does not begin another", async () => {
    let reads = 0;
    const ends: (() => void)[] = [];
    const { clock, runner } = running(async () => {
      reads++;
      await new Promise<void>((resolve) => ends.push(resolve));
      return true;
    });
    await clock.advance(0);
    let stopped = false;
    const stopping = runner.stop().then(() => {
      stopped = true;
    });
    await settle();
    expect(stopped).toBe(false);
    ends[0]?.();
    await stopping;
    await clock.advance(100_000);
    expect(reads).toBe(1);
  });
});

const START = Date.parse("2026-01-01T00:00:00.000Z");
