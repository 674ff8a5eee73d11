import type { ResolvedExporter } from "@/lib/domain/connection";
import type { Problem } from "@/lib/domain/facts";
import { readSecret, refuseSecret } from "@/lib/domain/secret";
import { badAnswer, statusProblem, unreachable, whereOf } from "./prometheus-problems";
import { splitResults } from "./split-results";

export type PrometheusSource = NonNullable<ResolvedExporter["prometheus"]>;

export interface PrometheusOptions {
  prometheus: PrometheusSource;
  /** All queries of the reading must have been answered within this time. */
  deadlineMs: number;
  clock: { now: () => number };
  /** Ends the reading early, as when the console stops. */
  signal?: AbortSignal;
}

/** One series of an answer: its labels, and its points in seconds since the epoch and as text. */
export interface PrometheusSeries {
  labels: Map<string, string>;
  points: [seconds: number, value: string][];
}

export type QueryAnswer = { ok: true; series: PrometheusSeries[] } | { ok: false; problem: Problem };

const BYTES_MAX = 256 * 1024 * 1024;
/** How long results are read before other work gets its turn. */
const SLICE_MS = 8;

/** Asks Prometheus's query API. An answer that is cut or late is not used at all. Never throws. */
export async function askPrometheus(
  options: PrometheusOptions,
  path: "query" | "query_range",
  parameters: Record<string, string>,
  deadline: AbortSignal,
): Promise<QueryAnswer> {
  const operation = `POST /api/v1/${path}`;
  const failed = (problem: Omit<Problem, "operation">): QueryAnswer => ({ ok: false, problem: { ...problem, operation } });
  const { prometheus, signal } = options;
  const token = prometheus.bearerToken === null ? null : await readSecret(prometheus.bearerToken);
  if (token?.ok === false) return failed(token.problem);
  try {
    const response = await fetch(addressOf(prometheus.url, path), {
      method: "POST",
      signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
      // A redirect would carry the token to wherever it points.
      redirect: "manual",
      headers: headersOf(prometheus.url, token?.value ?? null),
      body: new URLSearchParams(parameters),
    });
    if (response.status === 401 && token !== null && prometheus.bearerToken !== null) refuseSecret(prometheus.bearerToken, token.value);
    if (response.status !== 200) return failed(await statusProblem(response, prometheus.url));
    const series = await readResults(response.body);
    return series === null ? failed(badAnswer(prometheus.url)) : { ok: true, series };
  } catch (error) {
    if (!deadline.aborted) return failed(unreachable(prometheus.url, error));
    const message = `${whereOf(prometheus.url)} did not answer within ${options.deadlineMs} ms.`;
    return failed({ code: "timeout", message, remedy: "Ask for fewer series with the connection's labels, or give Prometheus more room." });
  }
}

function addressOf(base: string, path: string): URL {
  const address = new URL(base);
  address.username = "";
  address.password = "";
  address.pathname = `${address.pathname.replace(/\/+$/, "")}/api/v1/${path}`;
  return address;
}

function headersOf(url: string, bearerToken: string | null): Record<string, string> {
  const { username, password } = new URL(url);
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  return {
    accept: "application/json",
    ...(bearerToken !== null ? { authorization: `Bearer ${bearerToken}` } : username === "" ? {} : { authorization: `Basic ${basic}` }),
  };
}

/** null: the answer is not one of Prometheus's, is not whole, or is far too long. */
async function readResults(body: ReadableStream<Uint8Array> | null): Promise<PrometheusSeries[] | null> {
  const series: PrometheusSeries[] = [];
  const results = splitResults((result) => {
    const one = seriesOf(result);
    if (one !== null) series.push(one);
  });
  let bytes = 0;
  let sliceStart = performance.now();
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > BYTES_MAX) return null;
      results.push(chunk);
      if (performance.now() - sliceStart < SLICE_MS) continue;
      await new Promise((resolve) => setImmediate(resolve));
      sliceStart = performance.now();
    }
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  return results.end() ? series : null;
}

function seriesOf(result: unknown): PrometheusSeries | null {
  if (typeof result !== "object" || result === null || !("metric" in result)) return null;
  const { metric, value, values } = result as { metric: unknown; value?: unknown; values?: unknown };
  if (typeof metric !== "object" || metric === null) return null;
  const points = (Array.isArray(values) ? values : [value]).filter(isPoint);
  return { labels: new Map(Object.entries(metric).map(([label, text]) => [label, String(text)])), points };
}

function isPoint(point: unknown): point is [number, string] {
  return Array.isArray(point) && typeof point[0] === "number" && typeof point[1] === "string";
}
