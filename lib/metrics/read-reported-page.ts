import type { Problem, Reading } from "@/lib/domain/facts";
import { parseSample, type Sample, sampleName } from "./parse-sample";
import { readLines } from "./read-lines";

const OPERATION = "GET";
const BYTES_MAX = 16 * 1024 * 1024;

export interface ReportedPageRequest {
  url: string;
  /** Names of the metrics that are kept. */
  metrics: ReadonlySet<string>;
  /** The whole answer must have arrived within this time. */
  deadlineMs: number;
  /** A page longer than this is not used. */
  bytesMax?: number;
}

/** The series of a page, by metric. */
export type ReportedPage = Map<string, Sample[]>;

/**
 * Reads what an application serves in Prometheus's text format, as far as its metrics were asked for. A page that is cut or late is not
 * used at all, because a tenant missing from half a page would look idle. Follows no redirect: it would lead past the check of the
 * address. Never throws.
 */
export async function readReportedPage({
  url,
  metrics,
  deadlineMs,
  bytesMax = BYTES_MAX,
}: ReportedPageRequest): Promise<Reading<ReportedPage | null>> {
  const signal = AbortSignal.timeout(deadlineMs);
  const { host } = new URL(url);
  try {
    const response = await fetch(url, { signal, redirect: "error", headers: { accept: "text/plain" } });
    if (!response.ok) {
      await response.body?.cancel();
      return failed({ code: "unavailable", message: `${host} answered ${response.status}.`, remedy: "Check the address of the page." });
    }
    const page: ReportedPage = new Map([...metrics].map((name) => [name, []]));
    const isWhole = await readLines(response.body, (line) => keep(page, line), bytesMax);
    if (!isWhole) {
      const message = `The page at ${host} is longer than ${Math.round(bytesMax / 1e6)} MB and is not used.`;
      return failed({ code: "invalid", message, remedy: "Serve the tenants' series on a page of their own." });
    }
    return { value: page, problems: [] };
  } catch (error) {
    return failed(signal.aborted ? late(host, deadlineMs) : unreachable(host, error));
  }
}

function keep(page: ReportedPage, line: string | null): void {
  const name = line === null || line.startsWith("#") ? null : sampleName(line);
  const samples = name === null ? undefined : page.get(name);
  if (line === null || name === null || samples === undefined) return;
  const sample = parseSample(line, name);
  if (sample !== null && Number.isFinite(sample.value)) samples.push(sample);
}

function late(host: string, deadlineMs: number): Cause {
  return { code: "timeout", message: `The page at ${host} did not arrive within ${deadlineMs} ms.`, remedy: "Serve it faster." };
}

function unreachable(host: string, error: unknown): Cause {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "no answer";
  return { code: "unreachable", message: `The page at ${host} cannot be reached (${code}).`, remedy: "Let the console reach its address." };
}

type Cause = Omit<Problem, "operation">;

function failed(cause: Cause): Reading<null> {
  return { value: null, problems: [{ ...cause, operation: OPERATION }] };
}
