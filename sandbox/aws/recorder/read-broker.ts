import { brokerPid } from "@/sandbox/kafka/broker";
import type { Node } from "@/sandbox/kafka/topology";
import { PORTS } from "@/sandbox/kafka/topology";
import type { ExporterPage } from "./exporter-page";
import { parseExporterPage } from "./exporter-page";
import type { ProcessorTicks } from "./machine";
import { diskUsedPercent, processorTicks } from "./machine";

const TIMEOUT_MS = 20_000;

/** One broker at one moment. */
export interface BrokerReading {
  brokerId: number;
  page: ExporterPage;
  ticks: ProcessorTicks | null;
  diskUsedPercent: number;
  /** Established connections by port. */
  connections: Map<number, number>;
}

/** Reads a broker's exporter and what the kernel says of it; null when it does not run or answer. */
export async function readBroker(node: Node, connections: Map<string, number>): Promise<BrokerReading | null> {
  const pid = brokerPid(node);
  if (pid === null) return null;
  try {
    const answer = await fetch(`http://${node.host}:${PORTS.exporter}/metrics`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const page = parseExporterPage(await answer.text());
    const ports = [PORTS.sasl, PORTS.tls, PORTS.internal];
    return {
      brokerId: node.id,
      page,
      ticks: processorTicks(pid),
      diskUsedPercent: diskUsedPercent(node.dir),
      connections: new Map(ports.map((port) => [port, connections.get(`${node.host}:${port}`) ?? 0])),
    };
  } catch {
    return null;
  }
}
