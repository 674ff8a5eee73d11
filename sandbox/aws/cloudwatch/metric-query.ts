import { AwsError, invalidValue } from "@/sandbox/aws/http/aws-error";
import type { Statistic } from "./aggregate";
import { STATISTICS } from "./aggregate";
import { objectsField, textField } from "./call";

/** One query of GetMetricData, checked. */
export interface MetricQuery {
  id: string;
  label: string;
  namespace: string;
  metric: string;
  dimensions: Record<string, string>;
  periodSeconds: number;
  statistic: Statistic;
  unit: string | undefined;
  isReturned: boolean;
}

const QUERIES_MAX = 500;
const ID = /^[a-z][a-zA-Z0-9_]{0,254}$/;

const refused = (message: string) => new AwsError("ValidationError", 400, message);

/** Reads the queries of a call. Expressions are refused: the sandbox computes none. */
export function metricQueries(input: Record<string, unknown>): MetricQuery[] {
  const given = objectsField(input, "MetricDataQueries");
  if (given.length === 0) throw refused("The parameter MetricDataQueries is required.");
  if (given.length > QUERIES_MAX)
    throw refused(`The collection MetricDataQueries must not have a size greater than ${QUERIES_MAX}; it has ${given.length}.`);
  const queries = given.map(metricQuery);
  if (new Set(queries.map(({ id }) => id)).size < queries.length)
    throw refused("The values for parameter id in MetricDataQueries are not unique.");
  return queries;
}

function metricQuery(query: Record<string, unknown>): MetricQuery {
  const id = textField(query, "Id") ?? "";
  if (!ID.test(id)) throw refused(`The value '${id}' for parameter Id is not matching the expected pattern ${ID.source}.`);
  if (query.Expression !== undefined && query.Expression !== null)
    throw refused("The sandbox's GetMetricData takes MetricStat, no Expression.");
  const stat = structure(query, "MetricStat");
  const metric = structure(stat, "Metric");
  const name = textField(metric, "MetricName") ?? "";
  return {
    id,
    label: textField(query, "Label") ?? name,
    namespace: textField(metric, "Namespace") ?? "",
    metric: name,
    dimensions: Object.fromEntries(
      objectsField(metric, "Dimensions").map((d) => [textField(d, "Name") ?? "", textField(d, "Value") ?? ""]),
    ),
    periodSeconds: periodOf(stat.Period),
    statistic: statisticOf(textField(stat, "Stat")),
    unit: textField(stat, "Unit"),
    isReturned: query.ReturnData !== false,
  };
}

function structure(input: Record<string, unknown>, name: string): Record<string, unknown> {
  const value = input[name];
  if (typeof value !== "object" || value === null) throw refused(`The parameter ${name} is required.`);
  return value as Record<string, unknown>;
}

function periodOf(value: unknown): number {
  const isPeriod = typeof value === "number" && ([1, 5, 10, 30].includes(value) || (value >= 60 && value % 60 === 0));
  if (!isPeriod) throw invalidValue("The parameter Period must be 1, 5, 10, 30 or a multiple of 60.");
  return value;
}

function statisticOf(value: string | undefined): Statistic {
  const found = STATISTICS.find((statistic) => statistic === value);
  if (found === undefined)
    throw invalidValue(`The value ${value} for parameter Stat is not supported here; use one of ${STATISTICS.join(", ")}.`);
  return found;
}
