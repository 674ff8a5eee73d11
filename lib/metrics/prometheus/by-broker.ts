import type { BrokerFact, Problem } from "@/lib/domain/facts";
import type { PrometheusOptions, PrometheusSeries } from "./ask-prometheus";
import { collectedTwice, unseenBroker } from "./prometheus-problems";

/**
 * Labels that tell one scrape of a broker from another of the same broker: two jobs, or two Prometheus servers behind one address.
 * Sources: Prometheus's own `job`, and the replica labels of Prometheus Operator, Thanos and Mimir.
 */
export const SCRAPE_LABELS = ["job", "prometheus", "prometheus_replica", "replica", "__replica__"] as const;

/**
 * Series by broker, each broker's from one scrape only, so that nothing counts twice. Series of others are left out; a broker without
 * any has a problem.
 */
export function byBroker(
  { prometheus }: Pick<PrometheusOptions, "prometheus">,
  brokers: readonly BrokerFact[],
  series: readonly PrometheusSeries[],
  operation: string,
): { brokers: Map<number, PrometheusSeries[]>; problems: Problem[] } {
  const brokerOf = brokerFinder(brokers);
  const scrapes = new Map<number, Map<string, PrometheusSeries[]>>();
  const strangers = new Set<string>();
  for (const one of series) {
    const label = one.labels.get(prometheus.brokerLabel) ?? "";
    const id = brokerOf(label);
    if (id === null) strangers.add(label === "" ? `series without ${prometheus.brokerLabel}` : label);
    else addTo(scrapes, id, JSON.stringify([label, ...SCRAPE_LABELS.map((name) => one.labels.get(name))]), one);
  }
  const chosen = new Map<number, PrometheusSeries[]>();
  const problems: Problem[] = [];
  for (const { id, host } of brokers) {
    const ofBroker = [...(scrapes.get(id) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    const most = ofBroker.reduce<PrometheusSeries[] | null>(
      (best, [, own]) => (best === null || own.length > best.length ? own : best),
      null,
    );
    if (most === null) problems.push({ ...unseenBroker(prometheus.url, id, host, [...strangers]), operation });
    else chosen.set(id, most);
    if (ofBroker.length > 1) problems.push({ ...collectedTwice(prometheus.url, id, ofBroker.length), operation });
  }
  return { brokers: chosen, problems };
}

function addTo(scrapes: Map<number, Map<string, PrometheusSeries[]>>, id: number, scrape: string, one: PrometheusSeries): void {
  const ofBroker = scrapes.get(id) ?? new Map<string, PrometheusSeries[]>();
  const own = ofBroker.get(scrape) ?? [];
  own.push(one);
  ofBroker.set(scrape, own);
  scrapes.set(id, ofBroker);
}

/** The broker a label means: its host, with or without a port, or its number. */
function brokerFinder(brokers: readonly BrokerFact[]): (label: string) => number | null {
  const known = new Map<string, number | null>();
  for (const { id, host } of brokers) {
    const name = host.toLowerCase();
    // Brokers behind one host cannot be told apart by it.
    known.set(name, known.has(name) ? null : id);
  }
  for (const { id } of brokers) known.set(String(id), id);
  return (label) => {
    const name = label.toLowerCase();
    const host = /^\[(.+)\](?::\d+)?$/.exec(name)?.[1] ?? name.replace(/:\d+$/, "");
    return known.get(name) ?? known.get(host) ?? null;
  };
}
