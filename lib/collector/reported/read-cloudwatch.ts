import type { AwsRegion } from "@/lib/aws";
import type { CloudSeries, SeriesKey } from "@/lib/domain/cloud-facts";
import type { ReportedRate } from "@/lib/domain/pool/pool-facts";
import { REPORTED_OLD_MS } from "@/lib/domain/pool/pool-rate";
import type { WantedReport } from "@/lib/domain/pool/wanted-reports";
import { DIRECTIONS, type Direction } from "@/lib/domain/views/use";
import { problemWords, type Report, type Reports } from "./report";

const PERIOD_SECONDS = 300;
const PERIOD_MS = PERIOD_SECONDS * 1000;
/** Applications publish a minute late and more; a period that ended just now may still grow. */
const LATE_MS = 60_000;

interface Asked {
  tenantId: string;
  direction: Direction;
  key: SeriesKey;
}

/** The newest whole five minutes of each series. Series that have none, for a tenant without traffic too, tell nothing: not zero. */
export async function readCloudWatch(region: AwsRegion | null, wanted: readonly WantedReport[], nowMs: number): Promise<Reports> {
  const asked = wanted.flatMap(seriesOf);
  const reports: Reports = new Map();
  for (const { tenantId, direction } of asked) reportOf(reports, tenantId).rates[direction] = null;
  if (region === null) return withProblem(reports, NO_ACCOUNT);
  const { value: series, problems } = await region.readSeries({
    clusterName: "",
    serverless: false,
    keys: asked.map(({ key }) => key),
    startMs: nowMs - LATE_MS - REPORTED_OLD_MS,
    endMs: nowMs - LATE_MS,
    periodSeconds: PERIOD_SECONDS,
  });
  for (const [position, { tenantId, direction }] of asked.entries()) {
    const rate = newestRate(series[position]);
    if (rate !== null) reportOf(reports, tenantId).rates[direction] = rate;
  }
  const [problem] = problems;
  return problem === undefined ? reports : withProblem(reports, problemWords(problem));
}

function seriesOf({ tenantId, value, reported: { cloudwatch } }: WantedReport): Asked[] {
  if (cloudwatch === undefined) return [];
  const { namespace, dimensions, tenantDimension } = cloudwatch;
  const custom = { namespace, dimensions: { ...dimensions, [tenantDimension]: value } };
  return DIRECTIONS.flatMap((direction) => {
    const metric = cloudwatch[direction];
    return metric === undefined ? [] : [{ tenantId, direction, key: { metric, custom } }];
  });
}

/** Sums come as bytes a minute. */
function newestRate(series: CloudSeries | undefined): ReportedRate | null {
  const newest = series?.points.at(-1);
  if (newest === undefined || newest.value < 0) return null;
  return { bytesPerSecond: newest.value / 60, at: new Date(newest.atMs + PERIOD_MS).toISOString() };
}

function reportOf(reports: Reports, tenantId: string): Report {
  const report = reports.get(tenantId) ?? { rates: {}, problem: null };
  reports.set(tenantId, report);
  return report;
}

/** Only of those of whom nothing came. */
function withProblem(reports: Reports, problem: Report["problem"]): Reports {
  for (const report of reports.values()) if (Object.values(report.rates).includes(null)) report.problem = problem;
  return reports;
}

const NO_ACCOUNT = {
  message: "No account reaches this cluster, so CloudWatch cannot be asked.",
  remedy: "Add its account under `aws` in the connections file, and the cluster's `arn` to its connection.",
};
