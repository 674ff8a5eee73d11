import { CLIENT_ID_LABELS } from "@/lib/metrics/label-names";
import { type BrokerField, type ClientField, seriesMeaning } from "@/lib/metrics/series";
import type { PrometheusSource } from "./ask-prometheus";
import { SCRAPE_LABELS } from "./by-broker";
import { type Matcher, matchersOf, selector } from "./prom-ql";

/** The subjects as their labels may be written. */
export type RangeMatch =
  | { kind: "client"; users?: readonly string[]; clientIds?: readonly string[] }
  | { kind: "topic"; topics?: readonly string[] }
  | { kind: "broker" };

const COUNTERS: Record<"in" | "out", { total: BrokerField; perSecond: BrokerField }> = {
  in: { total: "bytesInTotal", perSecond: "bytesInPerSecond" },
  out: { total: "bytesOutTotal", perSecond: "bytesOutPerSecond" },
};
const CLIENT_RATES: Record<"in" | "out", ClientField> = { in: "produceBytesPerSecond", out: "consumeBytesPerSecond" };

/** Two scrapes must lie in it, and AWS advises one a minute. */
const COUNTER_WINDOW_MIN_SECONDS = 180;
/** One scrape must lie in it. */
const GAUGE_WINDOW_MIN_SECONDS = 60;

/**
 * Bytes per second in one direction, per broker and subject. The broker's own one-minute rates come before its counters: their mean is
 * as true, and a gap in the scrapes does not make it too small. Under every name the series may have, the most usual first: `or` takes
 * the next name only for what the ones before it do not have.
 */
export function rangeQuery(prometheus: PrometheusSource, match: RangeMatch, direction: "in" | "out", stepMs: number): string {
  const step = stepMs / 1000;
  const labels = matchersOf(prometheus.labels);
  const scrape = [prometheus.brokerLabel, ...SCRAPE_LABELS];
  if (match.kind === "client") {
    const kept = [...scrape, "user", ...CLIENT_ID_LABELS];
    const window = Math.max(step, GAUGE_WINDOW_MIN_SECONDS);
    const selectors = seriesMeaning("client", CLIENT_RATES[direction]).flatMap(({ series }) =>
      clientMatchers(match).map((own) => selector(series, [...own, ...labels])),
    );
    return selectors.map((each) => `sum by (${kept.join(", ")}) (avg_over_time(${each}[${window}s]))`).join(" or ");
  }
  const kept = match.kind === "topic" ? [...scrape, "topic"] : scrape;
  const own = [topicMatcher(match), ...labels];
  const { total, perSecond } = COUNTERS[direction];
  return [
    ...selectorsOf(perSecond, own).map((each) => `avg_over_time(${each}[${Math.max(step, GAUGE_WINDOW_MIN_SECONDS)}s])`),
    ...selectorsOf(total, own).map((each) => `rate(${each}[${Math.max(step, COUNTER_WINDOW_MIN_SECONDS)}s])`),
  ]
    .map((each) => `sum by (${kept.join(", ")}) (${each})`)
    .join(" or ");
}

function selectorsOf(field: BrokerField, own: readonly Matcher[]): string[] {
  return seriesMeaning("traffic", field).map(({ series, names }) =>
    selector(series, [...(names.length === 0 ? [] : [{ label: "name", values: names }]), ...own]),
  );
}

function topicMatcher(match: Extract<RangeMatch, { kind: "topic" | "broker" }>): Matcher {
  if (match.kind === "broker") return { label: "topic", values: [""] };
  return match.topics === undefined ? { label: "topic", values: [""], not: true } : { label: "topic", values: match.topics };
}

/** One set of conditions per label that may hold the client id. */
function clientMatchers({ users, clientIds }: Extract<RangeMatch, { kind: "client" }>): Matcher[][] {
  const ofUsers: Matcher[] = users === undefined ? [] : [{ label: "user", values: users }];
  if (clientIds === undefined) return [ofUsers];
  return CLIENT_ID_LABELS.map((label) => [...ofUsers, { label, values: clientIds }]);
}
