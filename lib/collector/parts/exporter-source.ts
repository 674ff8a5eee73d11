import type { Clock } from "@/lib/collector/clock";
import type { CollectMetrics, Scrape } from "@/lib/collector/ports";
import type { ResolvedExporter } from "@/lib/domain/connection";
import type { BrokerFact, ExporterFacts, Problem } from "@/lib/domain/facts";

/** What the exporters of some brokers say now. */
export type ExporterSource = (
  brokers: readonly BrokerFact[],
  signal: AbortSignal,
) => Promise<{ facts: ExporterFacts[]; problems: Problem[] }>;

export interface ExporterSourceOptions {
  exporter: ResolvedExporter;
  scrape: Scrape;
  collected: CollectMetrics;
  clock: Clock;
  deadlineMs: number;
}

/** The exporters themselves, each asked by its broker's host, or a Prometheus that collects them already. */
export function exporterSource({ exporter, scrape, collected, clock, deadlineMs }: ExporterSourceOptions): ExporterSource {
  const { prometheus, port } = exporter;
  if (prometheus !== null) return (brokers, signal) => collected({ prometheus, brokers, clock, deadlineMs, signal });
  return async (brokers, signal) => {
    const answers = await Promise.all(
      brokers.map(({ id, host }) => {
        const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}/metrics`;
        return scrape({ brokerId: id, url, deadlineMs, clock, signal });
      }),
    );
    return {
      facts: answers.flatMap(({ value }) => (value === null ? [] : [value])),
      problems: answers.flatMap(({ problems }) => problems),
    };
  };
}
