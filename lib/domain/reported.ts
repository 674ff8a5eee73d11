import { z } from "zod";
import { FORBIDDEN_HOST, isForbiddenUrl } from "./forbidden-host";
import { RecordTenant } from "./record-tenant";

const METRIC = z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, "must be a metric's name as Prometheus allows it");
const LABEL = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, "must be a label's name as Prometheus allows it");
const DIMENSION = z.string().min(1).max(255);

const ONE_DIRECTION = "must name the metric of at least one direction: produce or consume";

function hasDirection({ produce, consume }: { produce?: string; consume?: string }): boolean {
  return produce !== undefined || consume !== undefined;
}

function holdsPassword(url: string): boolean {
  return URL.canParse(url) && (new URL(url).username !== "" || new URL(url).password !== "");
}

/**
 * Metrics of the application's own in CloudWatch, in the account and region of the cluster: each datapoint is bytes since the one before,
 * so their sum over a period is what went through in it.
 */
const ReportedByCloudWatch = z
  .strictObject({
    namespace: z
      .string()
      .regex(/^[A-Za-z0-9._\-/# ]{1,255}$/, "must be a namespace as CloudWatch allows it")
      .refine((name) => !name.startsWith("AWS/"), "must be a namespace of your own, not one of AWS's"),
    /** The dimension that holds the tenant. */
    tenantDimension: DIMENSION,
    /** The other dimensions of the series, all of them: CloudWatch finds a series by exactly its dimensions. */
    dimensions: z.record(DIMENSION, z.string().min(1).max(1024)).exactOptional(),
    produce: DIMENSION.exactOptional(),
    consume: DIMENSION.exactOptional(),
  })
  .refine(hasDirection, ONE_DIRECTION);

/**
 * A page in Prometheus's text format that the application serves. A metric that ends in `_total` counts bytes since the start of the
 * application; any other is bytes per second.
 */
const ReportedByPrometheus = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .refine((url) => !isForbiddenUrl(url), FORBIDDEN_HOST)
      .refine((url) => !holdsPassword(url), "must not hold a user or a password"),
    /** The label that holds the tenant. */
    tenantLabel: LABEL,
    /** Labels that a series must have besides. Series that differ in others are added. */
    labels: z.record(LABEL, z.string()).exactOptional(),
    produce: METRIC.exactOptional(),
    consume: METRIC.exactOptional(),
  })
  .refine(hasDirection, ONE_DIRECTION);

const FIELD = z
  .string()
  .max(250)
  .regex(/^\$(\.[^.]+)+$/, "must be the path of a field in the record's value, such as $.bytes");
const KAFKA_TOPIC = z
  .string()
  .regex(/^[a-zA-Z0-9._-]{1,249}$/, "must be a topic's name: letters, digits, dots, dashes and underscores")
  .refine((name) => !name.startsWith("__") && name !== "." && name !== "..", "must be a topic of your own, not one of Kafka's");

/**
 * A topic on the placement's cluster to which the application writes records of JSON, each about one tenant and one span of time. With
 * `seconds` the values are bytes of that span, and what lies in the same time is added up; without it they are bytes per second, and the
 * newest record counts.
 */
const ReportedByTopic = z
  .strictObject({
    topic: KAFKA_TOPIC,
    /** Where the tenant stands in the record. */
    tenant: RecordTenant.default({ payloadPath: "$.tenant" }),
    /** The end of the span: an ISO time with its zone, or milliseconds since 1970. Absent: the record's own time. */
    at: FIELD.exactOptional(),
    /** The length of the span in seconds. */
    seconds: FIELD.exactOptional(),
    produce: FIELD.exactOptional(),
    consume: FIELD.exactOptional(),
  })
  .refine(hasDirection, "must give the field of at least one direction: produce or consume");

/** Where a pool's application reports what each tenant produces and consumes. The tenant stands there as its records name it. */
export const Reported = z
  .strictObject({
    cloudwatch: ReportedByCloudWatch.exactOptional(),
    prometheus: ReportedByPrometheus.exactOptional(),
    kafka: ReportedByTopic.exactOptional(),
  })
  .refine((sources) => Object.values(sources).filter((source) => source !== undefined).length === 1, {
    error: "must be exactly one of cloudwatch, prometheus and kafka",
  });
export type Reported = z.infer<typeof Reported>;
/** The mapping of a usage topic. */
export type ReportedTopic = z.infer<typeof ReportedByTopic>;

/** Where the numbers come from, in words. */
export function reportedFrom({ cloudwatch, prometheus, kafka }: Reported): string {
  if (cloudwatch !== undefined) return `CloudWatch namespace ${cloudwatch.namespace}`;
  if (kafka !== undefined) return `the usage topic ${kafka.topic}`;
  return prometheus === undefined ? "nowhere" : `the page at ${new URL(prometheus.url).host}`;
}

/** What stands for each direction in the source: a metric's name or a field's path; absent: it is not reported. */
export function reportedDirections({ cloudwatch, prometheus, kafka }: Reported): { produce?: string; consume?: string } {
  return cloudwatch ?? prometheus ?? kafka ?? {};
}
