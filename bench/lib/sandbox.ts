import { readFileSync } from "node:fs";
import { type KafkaAdmin, openKafkaAdmin } from "@/lib/kafka";
import { caFile } from "@/sandbox/kafka/certificates";
import { CONSOLE_USER } from "@/sandbox/kafka/cluster";
import { passwordOf } from "@/sandbox/kafka/secrets";
import { bootstrap, type Cluster, clusterOf, type Sandbox, singleBroker } from "@/sandbox/kafka/topology";
import { BENCH_CLUSTER } from "@/scripts/lib/bench-size.mjs";

/** The measured broker's sandbox; its net is BENCH_NET. */
export function benchSandbox(): { sandbox: Sandbox; cluster: Cluster } {
  const sandbox = singleBroker(process.env.BENCH_NET ?? "127.0.4", BENCH_CLUSTER);
  return { sandbox, cluster: clusterOf(sandbox, BENCH_CLUSTER) };
}

/** The console's own client, signed in as the console is. */
export function consoleAdmin(sandbox: Sandbox, cluster: Cluster): KafkaAdmin {
  return openKafkaAdmin(
    {
      id: cluster.id,
      name: cluster.id,
      mode: "observe",
      bootstrap: bootstrap(cluster, "sasl"),
      authentication: { kind: "scram-sha-512", username: CONSOLE_USER, password: passwordOf(sandbox, CONSOLE_USER) },
      tls: { ca: readFileSync(caFile(sandbox), "utf8") },
      exporter: null,
      msk: null,
    },
    { deadlineMs: 30_000 },
  );
}
