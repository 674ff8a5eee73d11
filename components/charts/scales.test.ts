import { describe, expect, test } from "vitest";
import { chartCsv, chartRows, isAlone, limitSteps } from "./chart-data";
import { quotaLimits } from "./rate-chart";
import { timeTicks, valueTicks } from "./scales";
import { seriesColors } from "./series-colors";
import { spreadLabels } from "./spread-labels";

describe("axes", () => {
  test.each([
    [10.1, [0, 4, 8, 12]],
    [5, [0, 2, 4, 6]],
    [0.7, [0, 0.2, 0.4, 0.6, 0.8]],
    [420, [0, 200, 400, 600]],
    [0, [0, 1]],
  ])("the axis of %d is round and reaches it", (highest, ticks) => expect(valueTicks(highest)).toEqual(ticks));

  test("never more than seven times, all inside the range", () => {
    const to = Date.UTC(2026, 10, 23, 14, 2);
    for (const span of [900e3, 3600e3, 6 * 3600e3, 86_400e3, 7 * 86_400e3, 30 * 86_400e3]) {
      const ticks = timeTicks(to - span, to);
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks.length).toBeLessThanOrEqual(8);
      expect(ticks.every((at) => at >= to - span && at <= to)).toBe(true);
    }
  });
});

describe("direct labels", () => {
  test("stand at least 15 px apart, in order, inside the plot", () => {
    const places = spreadLabels([100, 98, 20, 149, 150], 15, 150);
    const sorted = places.toSorted((a, b) => a - b);
    for (const [index, place] of sorted.entries()) if (index > 0) expect(place - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(15);
    expect(Math.max(...places)).toBeLessThanOrEqual(150);
    expect(places[1]).toBeLessThan(places[0] ?? 0);
    expect(places[2]).toBe(20);
  });

  test("a broker keeps its colour; the seventh has none of its own", () => {
    const colors = seriesColors(["a", "b", "a", "c", "d", "e", "f", "g"]);
    expect(colors.get("a")).toBe(1);
    expect(colors.get("f")).toBe(6);
    expect(colors.get("g")).toBe("rest");
  });
});

describe("lines", () => {
  const line = { key: "b1", name: "Broker 1", color: 1, values: [1e6, null, 3e6], max: [2e6, null, 4e6] };

  test("a gap stays a gap, in the line and in its band", () => {
    const rows = chartRows([1, 2, 3], [line], [], 1e6);
    expect(rows.map((row) => row.value0)).toEqual([1, null, 3]);
    expect(rows.map((row) => row.band0)).toEqual([[1, 2], null, [3, 4]]);
  });

  test("a reading between two gaps is a point, because no line would show it", () => {
    const values = [1, null, 2, null, 3, 4, null, null, 5];
    expect(values.map((_, step) => isAlone(values, step))).toEqual([true, false, true, false, false, false, false, false, true]);
  });

  test("a limit steps where it was changed", () => {
    expect(limitSteps([5, 5, null, 5, 10, 10])).toEqual([
      { value: 5, first: 0, last: 1 },
      { value: 5, first: 3, last: 3 },
      { value: 10, first: 4, last: 5 },
    ]);
  });

  test("brokers under one rule share one limit line", () => {
    const history = (key: string, quota: number[]) => ({ key, name: key, clusterId: "c", brokerId: 1, values: [1], quota });
    expect(quotaLimits([history("b1", [5, 5]), history("b2", [5, 5])])).toHaveLength(1);
    expect(quotaLimits([history("b1", [5, 5]), history("b2", [6, 6])]).map((limit) => limit.label)).toEqual(["quota, b1:", "quota, b2:"]);
  });

  test("the exported file has raw numbers, the unit in the head, and nothing for a gap", () => {
    const csv = chartCsv([0, 60_000, 120_000], [{ ...line, name: 'a "b", c' }], [], "bytes per second");
    expect(csv.split("\r\n")).toEqual([
      'time,"a ""b"", c (bytes per second)"',
      "1970-01-01T00:00:00.000Z,1000000",
      "1970-01-01T00:01:00.000Z,",
      "1970-01-01T00:02:00.000Z,3000000",
      "",
    ]);
  });

  test("the exported file has no formula of a name", () => {
    for (const name of ["=1+1", "+1", "-1", "@a", "\n=1", "＝1"]) {
      const [head = ""] = chartCsv([0], [{ ...line, name }], [], "records").split("\r\n");
      expect(head.slice("time,".length).replace(/^"/, "")).toBe(`'${name} (records)${name.includes("\n") ? '"' : ""}`);
    }
  });
});
