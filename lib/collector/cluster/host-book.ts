import type { UnseenRegion } from "@/lib/collector/aws/discovery";
import { type AwsAccess, createDiscovery, type Discovery } from "@/lib/collector/aws/discovery";
import { isSameConnection } from "@/lib/collector/aws/find-clusters";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { type ClusterHost, type ClusterHostOptions, createClusterHost } from "./cluster-host";

/** The clusters of this process: those that are written down, and those that are found in accounts. */
export interface HostBook {
  all: () => ClusterHost[];
  get: (clusterId: string) => ClusterHost | undefined;
  connections: () => ReadonlyMap<string, ResolvedConnection>;
  /** Regions that could not be looked into. */
  unseenRegions: () => UnseenRegion[];
  discovery: Discovery;
  /** Takes what was saved of the clusters that are written down. */
  load: () => Promise<void>;
  start: () => Promise<void>;
  stop: () => Promise<void>;
}

export interface HostBookOptions extends Omit<ClusterHostOptions, "connection" | "aws"> {
  connections: readonly ResolvedConnection[];
  access: AwsAccess;
}

interface Entry {
  connection: ResolvedConnection;
  host: ClusterHost;
}

export function createHostBook(options: HostBookOptions): HostBook {
  const { connections, access, clock, log, settings, onChange } = options;
  const entries = new Map<string, Entry>();
  let started = false;
  const discovery = createDiscovery({ aws: access, declared: connections, clock, log, everyMs: settings.intervals.accessMs, onFound });

  function enter(connection: ResolvedConnection): ClusterHost {
    const host = createClusterHost({ ...options, connection, aws: discovery.regionOf(connection) });
    entries.set(connection.id, { connection, host });
    return host;
  }

  async function remove(id: string): Promise<void> {
    const entry = entries.get(id);
    entries.delete(id);
    await entry?.host.stop();
  }

  async function add(connection: ResolvedConnection): Promise<void> {
    const host = enter(connection);
    await host.load();
    if (started) await host.start();
  }

  /** A cluster that is reached in another way than before begins anew, with what was saved of it. */
  async function onFound(account: string, region: string, found: readonly ResolvedConnection[]): Promise<void> {
    const named = new Map(found.map((connection) => [connection.id, connection]));
    const declared = new Set(connections.map(({ id }) => id));
    const before = [...entries.values()].filter(
      ({ connection: { id, msk } }) => !declared.has(id) && msk?.account === account && msk.region === region,
    );
    const gone = before.filter(({ connection }) => !named.has(connection.id));
    for (const { connection } of gone) await remove(connection.id);
    for (const connection of found) {
      const known = entries.get(connection.id)?.connection;
      if (known !== undefined && isSameConnection(known, connection)) continue;
      if (known !== undefined) await remove(connection.id);
      await add(connection);
    }
    onChange();
  }

  for (const connection of connections) enter(connection);
  const all = (): ClusterHost[] => [...entries.values()].map(({ host }) => host);

  return {
    all,
    get: (clusterId) => entries.get(clusterId)?.host,
    connections: () => new Map([...entries].map(([id, { connection }]) => [id, connection])),
    unseenRegions: discovery.unseen,
    discovery,
    load: async () => {
      await Promise.all(all().map((host) => host.load()));
    },
    async start() {
      started = true;
      await Promise.all(all().map((host) => host.start()));
      discovery.start();
    },
    async stop() {
      started = false;
      await discovery.stop();
      await Promise.all(all().map((host) => host.stop()));
    },
  };
}
