import type { ReportedRate } from "@/lib/domain/pool/pool-facts";
import { REPORTED_OLD_MS } from "@/lib/domain/pool/pool-rate";
import type { WantedReport } from "@/lib/domain/pool/wanted-reports";
import type { Reported } from "@/lib/domain/reported";
import { DIRECTIONS } from "@/lib/domain/views/use";
import type { ReportedPage, readReportedPage } from "@/lib/metrics";
import { problemWords, type Report, type Reports } from "./report";

export type ReadReportedPage = typeof readReportedPage;

/** Reads all pages that are wanted, each once however many tenants are on it. Does not reject. */
export type PagesReader = (wanted: readonly WantedReport[]) => Promise<Reports>;

type Mapping = NonNullable<Reported["prometheus"]>;
type Mapped = WantedReport & { mapping: Mapping };

/** What each tenant has in one series, by how it stands there. */
interface Sums {
  atMs: number;
  byTenant: ReadonlyMap<string, number>;
}

const DEADLINE_MS = 10_000;
const AT_ONCE = 4;

/** Remembers counters, which become rates between two rounds. */
export function createPagesReader(read: ReadReportedPage, now: () => number): PagesReader {
  const before = new Map<string, Sums>();

  async function readPage(url: string, wanted: readonly Mapped[], reports: Reports): Promise<void> {
    const metrics = new Set(wanted.flatMap(({ mapping }) => DIRECTIONS.flatMap((direction) => mapping[direction] ?? [])));
    const { value: page, problems } = await read({ url, metrics, deadlineMs: DEADLINE_MS });
    const [problem] = problems;
    const sums = new Map<string, Sums>();
    for (const { tenantId, value, mapping } of wanted) {
      const report: Report = { rates: {}, problem: problem === undefined ? null : problemWords(problem) };
      for (const direction of DIRECTIONS) {
        const metric = mapping[direction];
        if (metric === undefined) continue;
        const key = seriesKey(mapping, metric);
        if (page !== null && !sums.has(key)) sums.set(key, { atMs: now(), byTenant: addUp(page, mapping, metric) });
        report.rates[direction] = rateOf(metric, value, sums.get(key), before.get(key));
      }
      reports.set(tenantId, report);
    }
    for (const [key, newest] of sums) before.set(key, newest);
  }

  return async (wanted) => {
    const mapped = wanted.flatMap((one) => (one.reported.prometheus === undefined ? [] : [{ ...one, mapping: one.reported.prometheus }]));
    const pages = [...Map.groupBy(mapped, ({ mapping }) => mapping.url)];
    const reports: Reports = new Map();
    for (let from = 0; from < pages.length; from += AT_ONCE) {
      await Promise.all(pages.slice(from, from + AT_ONCE).map(([url, own]) => readPage(url, own, reports)));
    }
    return reports;
  };
}

function seriesKey({ url, tenantLabel, labels = {} }: Mapping, metric: string): string {
  return JSON.stringify([url, metric, tenantLabel, Object.entries(labels).toSorted()]);
}

/** Added up once for all tenants of a page. */
function addUp(page: ReportedPage, { tenantLabel, labels = {} }: Mapping, metric: string): Map<string, number> {
  const wanted = Object.entries(labels);
  const byTenant = new Map<string, number>();
  for (const { labels: own, value } of page.get(metric) ?? []) {
    const tenant = own.get(tenantLabel);
    if (tenant === undefined || !wanted.every(([label, text]) => own.get(label) === text)) continue;
    byTenant.set(tenant, (byTenant.get(tenant) ?? 0) + value);
  }
  return byTenant;
}

/** null: the series is not there; or it counts, and there is no reading before from which it has grown. */
function rateOf(metric: string, tenant: string, newest: Sums | undefined, earlier: Sums | undefined): ReportedRate | null {
  const value = newest?.byTenant.get(tenant);
  if (newest === undefined || value === undefined || value < 0) return null;
  const at = new Date(newest.atMs).toISOString();
  if (!metric.endsWith("_total")) return { bytesPerSecond: value, at };
  const from = earlier?.byTenant.get(tenant);
  const passedMs = newest.atMs - (earlier?.atMs ?? newest.atMs);
  // A counter that became smaller began anew with its application.
  if (from === undefined || value < from || passedMs <= 0 || passedMs > REPORTED_OLD_MS) return null;
  return { bytesPerSecond: ((value - from) * 1000) / passedMs, at };
}
