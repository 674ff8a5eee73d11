import type { ResolvedConnection } from "@/lib/domain/connection";
import { AppError } from "@/lib/domain/errors";
import type { Actor, Context } from "@/lib/operations/context";
import { metrics } from "./metrics";
import { running } from "./running";

/** Until there is sign-in, whoever reaches the console's loopback address operates it. */
const LOCAL_OPERATOR: Actor = { name: "local operator", role: "operator" };

/** What an operation may touch while it answers one request. The only place where identity enters. */
export async function requestContext(requestId: string): Promise<Context> {
  const { store, collector, admin, prometheusPast } = await running();
  collector.look();
  const connection = (clusterId: string): ResolvedConnection => {
    const known = collector.connections().get(clusterId);
    if (known === undefined) throw new AppError("not_found", `There is no cluster "${clusterId}" among the console's connections.`);
    return known;
  };
  return {
    actor: LOCAL_OPERATOR,
    requestId,
    now: () => new Date(),
    store,
    fleet: collector.fleet,
    kafka: (clusterId) => admin(connection(clusterId)),
    connection,
    aws: (clusterId) => collector.regionOf(connection(clusterId)),
    prometheusPast: (clusterId) => prometheusPast(connection(clusterId), collector.fleet().clusters.get(clusterId)),
    unseenRegions: collector.unseenRegions,
    collector,
    metrics: () => metrics().registry.metrics(),
  };
}
