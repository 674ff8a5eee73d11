import { AwsError, invalidValue } from "@/sandbox/aws/http/aws-error";
import { pageOf } from "@/sandbox/aws/http/paging";
import type { CloudWatchCall } from "./call";
import { objectsField, textField } from "./call";
import { NAMESPACE, type Series } from "./series-store";

const HOUR_MS = 3_600_000;
/** What had no datapoint for two weeks is not listed any more. */
const LISTED_MS = 14 * 24 * HOUR_MS;
const RECENT_MS = 3 * HOUR_MS;

/** Which series there are. A series is there once it has a datapoint, never before. */
export function listMetrics({ context, scope, input, nowMs }: CloudWatchCall) {
  const recent = textField(input, "RecentlyActive");
  if (recent !== undefined && recent !== "PT3H") throw invalidValue("The value PT3H is the only valid one for RecentlyActive.");
  const namespace = textField(input, "Namespace");
  const sinceMs = nowMs - (recent === undefined ? LISTED_MS : RECENT_MS);
  const metric = textField(input, "MetricName");
  const filters = objectsField(input, "Dimensions").map((filter) => ({
    name: textField(filter, "Name"),
    value: textField(filter, "Value"),
  }));
  if (filters.some(({ name }) => name === undefined)) throw invalidValue("The parameter Dimensions.member.1.Name is required.");
  const isWanted = (series: Series) =>
    (namespace === undefined || namespaceOf(series) === namespace) &&
    (metric === undefined || series.metric === metric) &&
    (series.atMs.at(-1) ?? 0) >= sinceMs &&
    filters.every(({ name = "", value }) => name in series.dimensions && (value === undefined || series.dimensions[name] === value));
  const found = context.store.list(scope).filter(isWanted);
  const list = JSON.stringify(["metrics", scope, namespace, metric, recent, filters]);
  const page = pageOf(list, found, nameOf, { nextToken: textField(input, "NextToken") }, context.pageSizes.metrics);
  if (page === null) throw new AwsError("InvalidParameterValueException", 400, "Request parameter NextToken is invalid.");
  return {
    Metrics: page.items.map((series) => ({
      Namespace: namespaceOf(series),
      MetricName: series.metric,
      Dimensions: Object.entries(series.dimensions).map(([Name, Value]) => ({ Name, Value })),
    })),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

const namespaceOf = ({ namespace = NAMESPACE }: Series) => namespace;
const nameOf = (series: Series) => JSON.stringify([namespaceOf(series), series.metric, series.dimensions]);
