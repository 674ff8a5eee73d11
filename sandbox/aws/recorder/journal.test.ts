import { appendFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NewPoint } from "@/sandbox/aws/cloudwatch/series-store";
import { createSeriesStore } from "@/sandbox/aws/cloudwatch/series-store";
import { createJournal } from "./journal";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const T0 = Date.parse("2026-11-23T23:58:00Z");
const SCOPE = "123456789012/us-east-1";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "journal-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const point = (minute: number, sample: number | number[], metric = "CpuUser"): NewPoint => ({
  scope: SCOPE,
  metric,
  dimensions: { "Cluster Name": "c" },
  unit: "Percent",
  atMs: T0 + minute * MINUTE_MS,
  sample,
});

function restored(metric = "CpuUser") {
  const store = createSeriesStore();
  createJournal(dir).restore(store);
  const series = store.find({ scope: SCOPE, metric, dimensions: { "Cluster Name": "c" } });
  return series?.atMs.map((atMs, at) => [(atMs - T0) / MINUTE_MS, series.samples[at]]);
}

describe("the journal", () => {
  it("gives every minute back after a restart, over midnight and over several openings", () => {
    createJournal(dir).append([point(0, 1), point(0, [1, 0], "ActiveControllerCount")]);
    const second = createJournal(dir);
    for (const minute of [1, 2, 3]) second.append([point(minute, minute + 1)]);
    expect(restored()).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
    ]);
    expect(restored("ActiveControllerCount")).toEqual([[0, [1, 0]]]);
    expect(readdirSync(dir)).toEqual(["minutes-2026-11-23.jsonl", "minutes-2026-11-24.jsonl"]);
  });

  it("passes over a line that a crash cut off, and goes on after it", () => {
    createJournal(dir).append([point(0, 1)]);
    appendFileSync(join(dir, "minutes-2026-11-23.jsonl"), '["m",17');
    createJournal(dir).append([point(1, 2)]);
    expect(restored()).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it("deletes days that are over", () => {
    const journal = createJournal(dir);
    journal.append([point(0, 1)]);
    journal.append([point(10, 2)]);
    journal.forget(T0 + DAY_MS);
    expect(restored()).toEqual([[10, 2]]);
  });
});
