import { readFileSync } from "node:fs";
import { caFile } from "./certificates";
import { CONSOLE_USER } from "./cluster";
import { passwordOf } from "./secrets";
import { bootstrap, type Cluster, type Sandbox } from "./topology";

/** How the console signs in to a cluster of the sandbox, as its connections file would say it. Looks, and reads nothing beside the brokers. */
export function consoleConnection(sandbox: Sandbox, cluster: Cluster) {
  return {
    id: cluster.id,
    name: cluster.id,
    mode: "observe" as const,
    bootstrap: bootstrap(cluster, "sasl"),
    authentication: { kind: "scram-sha-512" as const, username: CONSOLE_USER, password: passwordOf(sandbox, CONSOLE_USER) },
    tls: { ca: readFileSync(caFile(sandbox), "utf8") },
    exporter: null,
    msk: null,
  };
}
