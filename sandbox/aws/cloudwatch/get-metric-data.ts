import { AwsError, invalidValue } from "@/sandbox/aws/http/aws-error";
import type { Point } from "./aggregate";
import { aggregate } from "./aggregate";
import type { CloudWatchCall } from "./call";
import { textField, timeField } from "./call";
import type { MetricQuery } from "./metric-query";
import { metricQueries } from "./metric-query";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DATAPOINTS_MAX = 100_800;

/**
 * Datapoints of up to 500 series, a page at a time: a series that goes on over the end of a page is there as PartialData and goes on in the
 * next. A series that does not exist is Complete and empty, as with AWS.
 */
export function getMetricData({ context, scope, input, nowMs }: CloudWatchCall) {
  const queries = metricQueries(input).filter(({ isReturned }) => isReturned);
  const startMs = timeField(input, "StartTime");
  const endMs = timeField(input, "EndTime");
  if (startMs >= endMs) throw invalidValue("The parameter StartTime must be less than the parameter EndTime.");
  const scanBy = textField(input, "ScanBy") ?? "TimestampDescending";
  if (scanBy !== "TimestampDescending" && scanBy !== "TimestampAscending")
    throw invalidValue(`The value ${scanBy} for parameter ScanBy is invalid.`);
  const pointsOf = (query: MetricQuery): Point[] => {
    const series = context.store.find({ scope, namespace: query.namespace, metric: query.metric, dimensions: query.dimensions });
    if (series === undefined || (query.unit !== undefined && query.unit !== series.unit)) return [];
    const periodMs = query.periodSeconds * 1_000;
    const roundedMs = Math.floor(startMs / Math.min(MINUTE_MS, periodMs)) * Math.min(MINUTE_MS, periodMs);
    const points = aggregate(series, query.statistic, { startMs: roundedMs, endMs, periodMs }).filter(
      ({ atMs }) => atMs >= nowMs - keptMs(periodMs),
    );
    return scanBy === "TimestampDescending" ? points.toReversed() : points;
  };
  const asked = input.MaxDatapoints;
  const budget = Math.min(context.pageSizes.datapoints, typeof asked === "number" ? asked : DATAPOINTS_MAX);
  return page(queries, pointsOf, markOf(textField(input, "NextToken")), budget);
}

/** Minutes are kept for 15 days, five minutes for 63, hours for 455. */
function keptMs(periodMs: number): number {
  if (periodMs < 5 * MINUTE_MS) return 15 * DAY_MS;
  return periodMs < 60 * MINUTE_MS ? 63 * DAY_MS : 455 * DAY_MS;
}

/** Where a page ended: in which query, and after which datapoint. */
interface Mark {
  query: number;
  afterMs: number | null;
}

function page(queries: MetricQuery[], pointsOf: (query: MetricQuery) => Point[], from: Mark, budget: number) {
  const results: object[] = [];
  let left = budget;
  for (const [at, query] of queries.entries()) {
    if (at < from.query) continue;
    const points = at === from.query ? after(pointsOf(query), from.afterMs) : pointsOf(query);
    const some = points.slice(0, left);
    left -= some.length;
    const isCut = some.length < points.length;
    if (isCut && some.length === 0) return { MetricDataResults: results, NextToken: tokenOf({ query: at, afterMs: null }), Messages: [] };
    results.push(result(query, some, isCut));
    if (isCut) return { MetricDataResults: results, NextToken: tokenOf({ query: at, afterMs: some.at(-1)?.atMs ?? null }), Messages: [] };
  }
  return { MetricDataResults: results, Messages: [] };
}

/** What follows a datapoint in its own order, also when newer ones have come since. */
function after(points: Point[], afterMs: number | null): Point[] {
  if (afterMs === null) return points;
  return points.slice(points.findIndex(({ atMs }) => atMs === afterMs) + 1);
}

function result({ id, label }: MetricQuery, points: Point[], isCut: boolean) {
  return {
    Id: id,
    Label: label,
    Timestamps: points.map(({ atMs }) => new Date(atMs)),
    Values: points.map(({ value }) => value),
    StatusCode: isCut ? "PartialData" : "Complete",
  };
}

const tokenOf = ({ query, afterMs }: Mark) => Buffer.from(`${query} ${afterMs ?? ""}`).toString("base64url");

function markOf(token: string | undefined): Mark {
  if (token === undefined) return { query: 0, afterMs: null };
  const [, query, afterMs] = /^(\d+) (\d*)$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  if (query === undefined) throw new AwsError("InvalidNextToken", 400, "The next token specified is invalid.");
  return { query: Number(query), afterMs: afterMs === "" ? null : Number(afterMs) };
}
