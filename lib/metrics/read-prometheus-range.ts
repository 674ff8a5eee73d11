import type { Problem, Reading } from "@/lib/domain/facts";
import { clientOf, quotedToo, topicOf, userLabels } from "./label-names";
import { parseNumber } from "./parse-sample";
import { askPrometheus, type PrometheusSeries } from "./prometheus/ask-prometheus";
import { byBroker } from "./prometheus/by-broker";
import { rangeQuery } from "./prometheus/range-query";
import type { PrometheusRequest } from "./read-prometheus";

/** Whose past: every identity, topic or broker, or only those that are named. */
export type RangeSubject =
  | { kind: "client"; users?: readonly string[]; clientIds?: readonly string[] }
  | { kind: "topic"; topics?: readonly string[] }
  | { kind: "broker" };

export interface RangeRequest extends PrometheusRequest {
  query: RangeSubject;
  startMs: number;
  endMs: number;
  /** A minute or longer. */
  stepMs: number;
}

export interface RatePoint {
  /** The beginning of the step. */
  atMs: number;
  bytesPerSecond: number;
}

/** Bytes of one subject on one broker. A step without a scrape has no point. */
export interface RangeSeries {
  brokerId: number;
  user?: string;
  clientId?: string;
  topic?: string;
  /** Produced, oldest first. */
  bytesIn: RatePoint[];
  /** Consumed, oldest first. */
  bytesOut: RatePoint[];
}

const OPERATION = "POST /api/v1/query_range";

/**
 * The past of bytes in and out per broker, in whole steps: the brokers' own rates, averaged over the step. Where only counters were
 * kept, the rate is of at least three minutes, and the first step after a gap may be too low. null: one of the two directions could
 * not be read. Never throws.
 */
export async function readPrometheusRange(request: RangeRequest): Promise<Reading<RangeSeries[] | null>> {
  const deadline = AbortSignal.timeout(request.deadlineMs);
  const { stepMs } = request;
  const startMs = Math.floor(request.startMs / stepMs) * stepMs;
  const endMs = Math.floor(request.endMs / stepMs) * stepMs;
  if (endMs <= startMs) return { value: [], problems: [] };
  // A point of Prometheus tells of the time before it, so the first step's point is asked for at that step's end.
  const times = { start: String((startMs + stepMs) / 1000), end: String(endMs / 1000), step: String(stepMs / 1000) };
  const ask = (direction: "in" | "out") => {
    const query = rangeQuery(request.prometheus, matcherOf(request.query), direction, stepMs);
    return askPrometheus(request, "query_range", { query, ...times }, deadline);
  };
  const [bytesIn, bytesOut] = await Promise.all([ask("in"), ask("out")]);
  if (!bytesIn.ok) return { value: null, problems: [bytesIn.problem] };
  if (!bytesOut.ok) return { value: null, problems: [bytesOut.problem] };
  const subjects = new Map<string, RangeSeries>();
  const problems = [...collect(request, subjects, "bytesIn", bytesIn.series), ...collect(request, subjects, "bytesOut", bytesOut.series)];
  return { value: [...subjects.values()], problems: distinct(problems) };
}

function matcherOf(subject: RangeSubject): Parameters<typeof rangeQuery>[1] {
  if (subject.kind === "broker") return { kind: "broker" };
  if (subject.kind === "topic")
    return { kind: "topic", ...(subject.topics === undefined ? {} : { topics: subject.topics.flatMap(quotedToo) }) };
  return {
    kind: "client",
    ...(subject.users === undefined ? {} : { users: subject.users.flatMap(userLabels) }),
    ...(subject.clientIds === undefined ? {} : { clientIds: subject.clientIds.flatMap(quotedToo) }),
  };
}

function collect(
  request: RangeRequest,
  subjects: Map<string, RangeSeries>,
  direction: "bytesIn" | "bytesOut",
  series: readonly PrometheusSeries[],
): Problem[] {
  if (series.length === 0) return [];
  const { brokers, problems } = byBroker(request, request.brokers, series, OPERATION);
  for (const [brokerId, own] of brokers) {
    for (const { labels, points } of own) {
      const name = nameOf(request.query.kind, labels);
      const key = JSON.stringify([brokerId, name]);
      const subject = subjects.get(key) ?? { brokerId, ...name, bytesIn: [], bytesOut: [] };
      subject[direction].push(...pointsOf(points, request.stepMs));
      subjects.set(key, subject);
    }
  }
  // A subject need not have been on every broker, so only a double collection is a problem here.
  return problems.filter(({ code }) => code === "invalid");
}

function nameOf(kind: RangeSubject["kind"], labels: ReadonlyMap<string, string>): Pick<RangeSeries, "user" | "clientId" | "topic"> {
  if (kind === "broker") return {};
  if (kind === "topic") return { topic: topicOf(labels) };
  const { user, clientId } = clientOf(labels);
  return { ...(user === "" ? {} : { user }), ...(clientId === "" ? {} : { clientId }) };
}

function pointsOf(points: PrometheusSeries["points"], stepMs: number): RatePoint[] {
  return points.flatMap(([seconds, text]) => {
    const value = parseNumber(text);
    return value === null || !Number.isFinite(value) ? [] : [{ atMs: Math.round(seconds * 1000) - stepMs, bytesPerSecond: value }];
  });
}

function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}
