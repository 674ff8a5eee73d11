import type { ResolvedConnection } from "@/lib/domain/connection";
import { AppError } from "@/lib/domain/errors";
import { checkConnection } from "@/lib/kafka";
import type { Actor, Browser, Context } from "@/lib/operations/context";
import { metrics } from "./metrics";
import type { Running } from "./running";

/** What an operation may touch, over everything that is open, for this actor. */
export function contextOf(
  {
    store,
    collector,
    changes,
    admin,
    records,
    prometheusPast,
    enter,
  }: Omit<Running, "close" | "changes" | "actorOf"> & Pick<Context, "changes">,
  actor: Actor,
  requestId: string,
  browser: Browser,
): Context {
  const connection = (clusterId: string): ResolvedConnection => {
    const known = collector.connections().get(clusterId);
    if (known === undefined) throw new AppError("not_found", `There is no cluster "${clusterId}" among the console's connections.`);
    return known;
  };
  return {
    actor,
    enter: { ...enter, browser },
    requestId,
    now: () => new Date(),
    store,
    fleet: collector.fleet,
    registry: collector.registry,
    kafka: (clusterId) => admin(connection(clusterId)),
    sampleRecords: (clusterId, request) => records(connection(clusterId)).sample(request),
    connection,
    checkConnection: (clusterId) => checkConnection(connection(clusterId)),
    aws: (clusterId) => collector.regionOf(connection(clusterId)),
    prometheusPast: (clusterId) => prometheusPast(connection(clusterId), collector.fleet().clusters.get(clusterId)),
    unseenRegions: collector.unseenRegions,
    collector,
    changes,
    metrics: () => metrics().registry.metrics(),
  };
}
