import { PORTS } from "@/sandbox/kafka/topology";

/** What a node of broker and controller in one says to itself. */
const OWN = /^(Broker|Controller)/;
const COUNT = "kafka_network_RequestMetrics_Count";

/** How many requests of each kind clients have made, by the broker's own count. */
export async function requestsServed(host: string): Promise<Map<string, number>> {
  const page = await (await fetch(`http://${host}:${PORTS.exporter}/metrics?name[]=${COUNT}`)).text();
  const served = new Map<string, number>();
  for (const [, labels = "", value] of page.matchAll(/^kafka_network_RequestMetrics_Count\{(.*)\} (\S+)$/gm)) {
    const request = /request="(\w+)"/.exec(labels)?.[1];
    if (request === undefined || !labels.includes('name="RequestsPerSec"') || OWN.test(request)) continue;
    served.set(request, (served.get(request) ?? 0) + Number(value));
  }
  return served;
}

/** What was added between two counts, kinds without any left out. */
export function added(before: Map<string, number>, after: Map<string, number>): Map<string, number> {
  return new Map([...after].map(([name, count]) => [name, count - (before.get(name) ?? 0)] as const).filter(([, count]) => count > 0));
}

export const total = (counts: Map<string, number>): number => [...counts.values()].reduce((sum, count) => sum + count, 0);
