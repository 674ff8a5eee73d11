import type { ExporterFacts, Problem, Reading } from "@/lib/domain/facts";
import { readLines } from "./read-lines";
import { type PageReader, readPage } from "./read-page";
import { ASKED_NAMES } from "./series";

const OPERATION = "GET /metrics";
const BYTES_MAX = 64 * 1024 * 1024;

export interface ScrapeRequest {
  brokerId: number;
  /** Address of the exporter's page: `http://b-1.example:11001/metrics`. */
  url: string;
  /** The whole answer must have arrived within this time. */
  deadlineMs: number;
  clock: { now: () => number };
  /** Ends the scrape early, as when the console stops. */
  signal?: AbortSignal;
  /** A page longer than this is not used. */
  bytesMax?: number;
}

/**
 * Asks a broker's JMX exporter for exactly the series that are read. A page that is cut, late or no exporter's is not used at
 * all, because a tenant missing from half a page would look idle: the value is null and the problem says why. Lines that are
 * not understood are left out and named. Never throws.
 */
export async function scrapeExporter(request: ScrapeRequest): Promise<Reading<ExporterFacts | null>> {
  const deadline = AbortSignal.timeout(request.deadlineMs);
  const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]);
  try {
    const response = await fetch(addressOf(request.url), { signal, redirect: "error", headers: { accept: "text/plain" } });
    if (!response.ok) {
      await response.body?.cancel();
      return failed(request, statusProblem(response.status, request.url));
    }
    const page = readPage(request.brokerId);
    const complete = await readLines(response.body, page.line, request.bytesMax ?? BYTES_MAX);
    return complete ? conclude(request, page) : failed(request, tooLong(request));
  } catch (error) {
    return failed(request, deadline.aborted ? late(request) : unreachable(request, error));
  }
}

function addressOf(url: string): URL {
  const address = new URL(url);
  for (const name of ASKED_NAMES) address.searchParams.append("name[]", name);
  return address;
}

function conclude(request: ScrapeRequest, page: PageReader): Reading<ExporterFacts | null> {
  const { samples, read, malformed, firstMalformed } = page.counts();
  if (read === 0) return failed(request, samples === 0 && malformed > 0 ? noExporter(request) : noSeries(request));
  const problems: Problem[] = [];
  if (malformed > 0) {
    problems.push({
      code: "invalid",
      operation: OPERATION,
      brokerId: request.brokerId,
      message: `${malformed} lines of the exporter's page are not metrics and were left out, the first: ${firstMalformed ?? ""}`,
    });
  }
  return { value: page.facts(new Date(request.clock.now()).toISOString()), problems };
}

type Cause = Omit<Problem, "operation" | "brokerId">;

function failed(request: ScrapeRequest, cause: Cause): Reading<null> {
  return { value: null, problems: [{ ...cause, operation: OPERATION, brokerId: request.brokerId }] };
}

function where(request: ScrapeRequest): string {
  return `The exporter at ${new URL(request.url).host}`;
}

const OPEN_MONITORING =
  "Turn on open monitoring with the JMX exporter, and let the console reach its port (MSK: 11001 in the security group).";

function statusProblem(status: number, url: string): Cause {
  const message = `${url} answered ${status}.`;
  if (status === 401 || status === 403) return { code: "forbidden", message, remedy: "Let the console read the exporter's page." };
  if (status === 404) return { code: "unsupported", message, remedy: "Give the port on which the brokers' JMX exporter listens." };
  return { code: "unavailable", message };
}

function late(request: ScrapeRequest): Cause {
  return {
    code: "timeout",
    message: `${where(request)} did not finish its page within ${request.deadlineMs} ms.`,
    remedy: "Restrict the exporter to the beans that are read, or scrape more rarely.",
  };
}

function unreachable(request: ScrapeRequest, error: unknown): Cause {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "no answer";
  return { code: "unreachable", message: `${where(request)} cannot be reached (${code}).`, remedy: OPEN_MONITORING };
}

function tooLong(request: ScrapeRequest): Cause {
  const megabytes = Math.round((request.bytesMax ?? BYTES_MAX) / 1e6);
  return {
    code: "invalid",
    message: `${where(request)} sent more than ${megabytes} MB; its page was cut and is not used.`,
    remedy: "Restrict the exporter to the beans that are read (includeObjectNames).",
  };
}

function noExporter(request: ScrapeRequest): Cause {
  return { code: "invalid", message: `${where(request)} did not answer with metrics.`, remedy: "Give the port of the JMX exporter." };
}

function noSeries(request: ScrapeRequest): Cause {
  return {
    code: "unsupported",
    message: `${where(request)} publishes none of the series that are read.`,
    remedy: "Use the exporter's default naming, or publish the beans kafka.server BrokerTopicMetrics, Produce, Fetch and Request.",
  };
}
