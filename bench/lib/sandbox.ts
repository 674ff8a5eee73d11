import { type KafkaAdmin, openKafkaAdmin } from "@/lib/kafka";
import { consoleConnection } from "@/sandbox/kafka/console-connection";
import { type Cluster, clusterOf, type Sandbox, singleBroker } from "@/sandbox/kafka/topology";
import { BENCH_CLUSTER } from "@/scripts/lib/bench-size.mjs";

/** The measured broker's sandbox; its net is BENCH_NET. */
export function benchSandbox(): { sandbox: Sandbox; cluster: Cluster } {
  const sandbox = singleBroker(process.env.BENCH_NET ?? "127.0.4", BENCH_CLUSTER);
  return { sandbox, cluster: clusterOf(sandbox, BENCH_CLUSTER) };
}

/** The console's own client, signed in as the console is. */
export function consoleAdmin(sandbox: Sandbox, cluster: Cluster): KafkaAdmin {
  return openKafkaAdmin(consoleConnection(sandbox, cluster), { deadlineMs: 30_000 });
}
