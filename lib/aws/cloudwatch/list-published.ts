import { ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { allPages } from "@/lib/aws/link/all-pages";
import { ask, deadlineOf } from "@/lib/aws/link/ask";
import type { AwsLink } from "@/lib/aws/link/open-link";
import { someAtOnce } from "@/lib/aws/link/some-at-once";
import type { PublishedSeries, SeriesKey } from "@/lib/domain/cloud-facts";
import type { Problem, Reading } from "@/lib/domain/facts";
import { CLUSTER_NAME, keyOf, NAMESPACE } from "./dimensions";

const AT_ONCE = 4;
/** CloudWatch hands out 500 series a page. */
const PAGES_MAX = 200;

/**
 * Which series of these metrics the cluster has. A metric that could not be listed is missing from the answer and has a problem with
 * the metric as its resource, so that "not published" and "not known" stay apart. null: none could be listed.
 */
export async function listPublished(
  link: AwsLink,
  clusterName: string,
  metrics: readonly string[],
): Promise<Reading<PublishedSeries | null>> {
  const deadline = deadlineOf(link);
  const answers = await someAtOnce(AT_ONCE, [...new Set(metrics)], (metric) => listMetric(link, clusterName, metric, deadline));
  const problems = answers.flatMap((answer) => answer.problems);
  const known = answers.filter(({ value }) => value !== null);
  if (known.length === 0 && problems.length > 0) return { value: null, problems };
  return { value: { at: new Date(link.now()).toISOString(), keys: known.flatMap(({ value }) => value ?? []) }, problems };
}

async function listMetric(link: AwsLink, clusterName: string, metric: string, deadline: AbortSignal): Promise<Reading<SeriesKey[] | null>> {
  const filter = {
    Namespace: NAMESPACE,
    MetricName: metric,
    Dimensions: [{ Name: CLUSTER_NAME, Value: clusterName }],
    RecentlyActive: "PT3H" as const,
  };
  const answer = await ask(
    link,
    { operation: "ListMetrics" },
    ({ cloudwatch, abortSignal }) =>
      allPages(PAGES_MAX, async (token) => {
        const command = new ListMetricsCommand({ ...filter, ...(token === undefined ? {} : { NextToken: token }) });
        const page = await cloudwatch.send(command, { abortSignal });
        return { items: page.Metrics ?? [], next: page.NextToken };
      }),
    deadline,
  );
  if (!answer.ok) return { value: null, problems: [{ ...answer.problem, resource: metric }] };
  const keys = answer.value.items.flatMap(({ Dimensions: dimensions }) => keyOf(metric, dimensions ?? []) ?? []);
  return { value: keys, problems: answer.value.cut ? [tooMany(metric, keys.length)] : [] };
}

function tooMany(metric: string, count: number): Problem {
  const message = `There are more series of ${metric} than the ${count} that were listed.`;
  return { code: "unsupported", operation: "ListMetrics", message, resource: metric };
}
