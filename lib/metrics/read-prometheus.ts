import type { BrokerFact, ExporterFacts, Problem } from "@/lib/domain/facts";
import { parseNumber } from "./parse-sample";
import { askPrometheus, type PrometheusOptions, type PrometheusSeries } from "./prometheus/ask-prometheus";
import { byBroker } from "./prometheus/by-broker";
import { anyOf, matchersOf, selector } from "./prometheus/prom-ql";
import { whereOf } from "./prometheus/prometheus-problems";
import { readPage } from "./read-page";
import { ASKED_NAMES, meaningsOf } from "./series";

export interface PrometheusRequest extends PrometheusOptions {
  brokers: readonly BrokerFact[];
}

const OPERATION = "POST /api/v1/query";

/**
 * Prometheus gives a scrape ten seconds by its default; what lies further back is complete. Asked for the present, it may know a
 * scrape's time in one query and not yet its numbers in another.
 */
const SETTLED_MS = 10_000;

/**
 * What the brokers' exporters said at their last scrape, from a Prometheus that collects them. The facts are those of the exporters'
 * own pages; `at` is the time of the broker's scrape there, so two readings between scrapes have the same one. A broker that
 * Prometheus does not know has a problem and no facts. Never throws.
 */
export async function readPrometheus(request: PrometheusRequest): Promise<{ facts: ExporterFacts[]; problems: Problem[] }> {
  const deadline = AbortSignal.timeout(request.deadlineMs);
  const time = String((request.clock.now() - SETTLED_MS) / 1000);
  const labels = matchersOf(request.prometheus.labels);
  const values = await askPrometheus(request, "query", { query: anyOf(ASKED_NAMES, labels), time }, deadline);
  if (!values.ok) return { facts: [], problems: [values.problem] };
  const { brokers, problems } = byBroker(request, request.brokers, values.series, OPERATION);
  if (brokers.size === 0) return { facts: [], problems: values.series.length === 0 ? [nothing(request)] : problems };
  const names = timeNames([...brokers.values()].flat());
  const times = await askPrometheus(request, "query", { query: timeQuery(request, names), time }, deadline);
  if (!times.ok) return { facts: [], problems: [times.problem] };
  const scrapes = byBroker(request, request.brokers, times.series, OPERATION).brokers;
  const facts = [...brokers].flatMap(([id, series]) => factsOf(id, series, scrapes.get(id) ?? []) ?? []);
  return { facts, problems };
}

/** The names whose times are asked for: counters foremost, because rates are differences between scrapes. */
function timeNames(series: readonly PrometheusSeries[]): string[] {
  const present = new Set(series.map(({ labels }) => labels.get("__name__") ?? ""));
  const counters = [...present].filter((name) => [...(meaningsOf(name)?.values() ?? [])].some(({ of }) => of === "traffic"));
  return counters.length > 0 ? counters : [...present];
}

/** One name at a time, because `timestamp` drops the name and two names would then be the same series. */
function timeQuery({ prometheus }: PrometheusRequest, names: readonly string[]): string {
  const times = names.map((name) => `max without (name, topic) (timestamp(${selector(name, matchersOf(prometheus.labels))}))`);
  return times.join(" or ");
}

/** null: the broker's scrape has no time, so no rate could be made of its counters. */
function factsOf(brokerId: number, series: readonly PrometheusSeries[], times: readonly PrometheusSeries[]): ExporterFacts | null {
  const seconds = Math.max(...times.flatMap(({ points }) => points.map(([, value]) => parseNumber(value) ?? Number.NaN)));
  if (!Number.isFinite(seconds)) return null;
  const page = readPage(brokerId);
  for (const { labels, points } of series) {
    const value = parseNumber(points.at(-1)?.[1] ?? "");
    if (value !== null) page.sample({ name: labels.get("__name__") ?? "", labels, value });
  }
  return page.counts().read === 0 ? null : page.facts(new Date(Math.round(seconds * 1000)).toISOString());
}

function nothing({ prometheus }: PrometheusRequest): Problem {
  const labels = Object.entries(prometheus.labels).map(([label, value]) => `${label}="${value}"`);
  const chosen = labels.length === 0 ? "" : ` with ${labels.join(", ")}`;
  return {
    code: "unsupported",
    operation: OPERATION,
    message: `${whereOf(prometheus.url)} has none of the series that are read${chosen}.`,
    remedy: "Let it scrape the brokers' JMX exporters (MSK: port 11001) with the exporter's default naming, or change prometheus.labels.",
  };
}
