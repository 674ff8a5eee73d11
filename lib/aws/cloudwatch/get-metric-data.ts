import { GetMetricDataCommand, type MetricDataQuery, type MetricDataResult } from "@aws-sdk/client-cloudwatch";
import { allPages } from "@/lib/aws/link/all-pages";
import { type Answer, ask } from "@/lib/aws/link/ask";
import type { AwsLink } from "@/lib/aws/link/open-link";
import type { CloudPoint, CloudSeries } from "@/lib/domain/cloud-facts";
import { dimensionsOf, NAMESPACE } from "./dimensions";
import { valueOfPeriod } from "./metrics";
import type { SeriesWindow } from "./series-window";

/** CloudWatch takes this many series in one call … */
export const SERIES_PER_CALL = 500;
/** … and hands out this many datapoints in one page of its answer. */
const DATAPOINTS_PER_PAGE = 100_800;
const PAGES_MAX = 120;

export type SeriesAnswer = Pick<CloudSeries, "points" | "status" | "message">;

/**
 * One call for up to 500 series of the same window and period, with all pages of its answer; answers in the order asked. A problem is
 * of the whole call; a series that CloudWatch could not give carries its own status and CloudWatch's words.
 */
export async function getMetricData(
  link: AwsLink,
  windows: readonly SeriesWindow[],
  deadline: AbortSignal,
  datapointsPerPage = DATAPOINTS_PER_PAGE,
): Promise<Answer<SeriesAnswer[]>> {
  const [first] = windows;
  if (first === undefined) return { ok: true, value: [] };
  const input = {
    MetricDataQueries: windows.map(queryOf),
    StartTime: new Date(first.startMs),
    EndTime: new Date(first.endMs),
    ScanBy: "TimestampAscending" as const,
    MaxDatapoints: datapointsPerPage,
  };
  return ask(
    link,
    { operation: "GetMetricData" },
    async ({ cloudwatch, abortSignal }) => {
      const { items, cut } = await allPages(PAGES_MAX, async (token) => {
        const command = new GetMetricDataCommand({ ...input, ...(token === undefined ? {} : { NextToken: token }) });
        const page = await cloudwatch.send(command, { abortSignal });
        return { items: page.MetricDataResults ?? [], next: page.NextToken };
      });
      const parts = Map.groupBy(items, ({ Id }) => Id ?? "");
      return windows.map((window, index) => joined(window, parts.get(idOf(index)) ?? [], cut));
    },
    deadline,
  );
}

/** CloudWatch wants a name that begins with a small letter. */
function idOf(index: number): string {
  return `s${index}`;
}

function queryOf(window: SeriesWindow, index: number): MetricDataQuery {
  const metric = {
    Namespace: window.key.custom?.namespace ?? NAMESPACE,
    MetricName: window.key.metric,
    Dimensions: dimensionsOf(window.clusterName, window.key),
  };
  return { Id: idOf(index), MetricStat: { Metric: metric, Period: window.periodSeconds, Stat: window.statistic }, ReturnData: true };
}

/** A series comes in pieces over several pages; its last piece tells whether that was all. */
function joined(window: SeriesWindow, parts: readonly MetricDataResult[], cut: boolean): SeriesAnswer {
  const byTime = new Map<number, number>();
  for (const { Timestamps: times = [], Values: values = [] } of parts) {
    for (const [index, time] of times.entries()) {
      const value = values[index];
      if (value !== undefined && Number.isFinite(value)) byTime.set(time.getTime(), value);
    }
  }
  const points: CloudPoint[] = [...byTime]
    .map(([atMs, value]) => ({ atMs, value: valueOfPeriod(value, window.statistic, window.periodSeconds) }))
    .sort((a, b) => a.atMs - b.atMs);
  const status = statusOf(parts, cut);
  const message = messageOf(parts);
  return { points, status, ...(message === undefined ? {} : { message }) };
}

function statusOf(parts: readonly MetricDataResult[], cut: boolean): CloudSeries["status"] {
  const last = parts.at(-1)?.StatusCode;
  if (parts.some(({ StatusCode }) => StatusCode === "Forbidden")) return "forbidden";
  if (last === "InternalError") return "failed";
  if (last === "PartialData" || cut) return "partial";
  if (last === "Complete") return "complete";
  return parts.length === 0 ? "failed" : "partial";
}

function messageOf(parts: readonly MetricDataResult[]): string | undefined {
  if (parts.length === 0) return "CloudWatch left the series out of its answer.";
  const words = parts.flatMap(({ Messages }) => Messages ?? []).map(({ Code, Value }) => [Code, Value].filter(Boolean).join(": "));
  return words.length === 0 ? undefined : [...new Set(words)].join("; ");
}
