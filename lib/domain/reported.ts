import { z } from "zod";
import { FORBIDDEN_HOST, isForbiddenUrl } from "./forbidden-host";

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

/** Where a pool's application reports what each tenant produces and consumes. The tenant stands there as its records name it. */
export const Reported = z
  .strictObject({ cloudwatch: ReportedByCloudWatch.exactOptional(), prometheus: ReportedByPrometheus.exactOptional() })
  .refine(({ cloudwatch, prometheus }) => (cloudwatch === undefined) !== (prometheus === undefined), {
    error: "must be exactly one of cloudwatch and prometheus",
  });
export type Reported = z.infer<typeof Reported>;

/** Where the numbers come from, in words. */
export function reportedFrom({ cloudwatch, prometheus }: Reported): string {
  if (cloudwatch !== undefined) return `CloudWatch namespace ${cloudwatch.namespace}`;
  return prometheus === undefined ? "nowhere" : `the page at ${new URL(prometheus.url).host}`;
}
