import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";
import { processSlot } from "./process-slot";

interface Metrics {
  registry: Registry;
  requests: Histogram<"operation" | "status">;
  kafkaRequests: Counter<"cluster" | "api" | "outcome">;
}

/** The console's own metrics, in Prometheus's text form at /api/metrics. */
export function metrics(): Metrics {
  return processSlot("metrics", () => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry, prefix: "tenant_console_" });
    const requests = new Histogram({
      name: "tenant_console_http_request_seconds",
      help: "Time to answer a request of the API, by operation and status.",
      labelNames: ["operation", "status"] as const,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    });
    const kafkaRequests = new Counter({
      name: "tenant_console_kafka_requests_total",
      help: "Requests sent to brokers, signing in apart, by the protocol's name of the call; outcome is answered or failed.",
      labelNames: ["cluster", "api", "outcome"] as const,
      registers: [registry],
    });
    return { registry, requests, kafkaRequests };
  });
}
