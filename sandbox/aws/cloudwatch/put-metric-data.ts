import { invalidValue } from "@/sandbox/aws/http/aws-error";
import type { CloudWatchCall } from "./call";
import { objectsField, textField, timeField } from "./call";

const MINUTE_MS = 60_000;
const DATA_MAX = 1_000;
const DIMENSIONS_MAX = 30;

/** Takes datapoints of an application's own metrics, each with one value; AWS's namespaces are AWS's to fill. */
export function putMetricData({ context, scope, input, nowMs }: CloudWatchCall) {
  const namespace = textField(input, "Namespace") ?? "";
  if (namespace === "" || namespace.startsWith(":"))
    throw invalidValue("The parameter Namespace is required, and must not begin with a colon.");
  if (namespace.startsWith("AWS/")) throw invalidValue("The value AWS/ for parameter Namespace is invalid.");
  const data = objectsField(input, "MetricData");
  if (data.length > DATA_MAX) throw invalidValue(`The collection MetricData must not have a size greater than ${DATA_MAX}.`);
  for (const datum of data) {
    const metric = textField(datum, "MetricName") ?? "";
    const dimensions = objectsField(datum, "Dimensions").map((one) => [textField(one, "Name") ?? "", textField(one, "Value") ?? ""]);
    if (metric === "") throw invalidValue("The parameter MetricData.member.1.MetricName is required.");
    if (dimensions.length > DIMENSIONS_MAX || dimensions.flat().includes(""))
      throw invalidValue(`The parameter MetricData.member.1.Dimensions takes up to ${DIMENSIONS_MAX} names, each with a value.`);
    if (typeof datum.Value !== "number" || !Number.isFinite(datum.Value))
      throw invalidValue("The sandbox's PutMetricData takes Value, no StatisticValues and no Values.");
    const time = datum.Timestamp === undefined ? nowMs : timeField(datum, "Timestamp");
    const atMs = Math.floor(time / MINUTE_MS) * MINUTE_MS;
    context.store.publish({
      scope,
      namespace,
      metric,
      dimensions: Object.fromEntries(dimensions),
      unit: unitOf(datum),
      atMs,
      sample: datum.Value,
    });
  }
  return {};
}

function unitOf(datum: Record<string, unknown>): "Bytes" | "Count" | "None" {
  const unit = textField(datum, "Unit") ?? "None";
  if (unit !== "Bytes" && unit !== "Count" && unit !== "None")
    throw invalidValue("The sandbox's PutMetricData takes the units Bytes, Count and None.");
  return unit;
}
