import type { PartIntervals } from "@/lib/collector/settings";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { type ClusterSnapshot, PARTS, type Part, type PartState } from "@/lib/domain/snapshot";

/** Unless somebody looks, in which case it is asked each minute. */
export const CLOUDWATCH_MS = 300_000;

/** A cluster of which nothing was seen yet. */
export function emptySnapshot(connection: ResolvedConnection, intervals: PartIntervals, at: string): ClusterSnapshot {
  return {
    clusterId: connection.id,
    name: connection.name,
    mode: connection.mode,
    version: 0,
    at,
    parts: emptyParts(connection, intervals),
    metadata: null,
    metadataFrom: "kafka",
    knownBrokers: new Map(),
    ends: new Map(),
    starts: new Map(),
    groups: new Map(),
    progress: new Map(),
    endHistory: new Map(),
    meters: new Map(),
    sizes: new Map(),
    dirs: [],
    quotas: null,
    acls: null,
    scramUsers: null,
    configs: new Map(),
    brokerConfigs: [],
    diskHistory: new Map(),
    msk: null,
    cloud: null,
  };
}

/** A saved snapshot under the connection as it is now: its name, mode, intervals and exporter may have changed since. */
export function underConnection(saved: ClusterSnapshot, connection: ResolvedConnection, intervals: PartIntervals): ClusterSnapshot {
  const parts = emptyParts(connection, intervals);
  for (const part of PARTS) {
    const { at, problems } = saved.parts[part];
    if (parts[part].absent === undefined) parts[part] = { ...parts[part], at, problems };
  }
  const named = { ...saved, name: connection.name, mode: connection.mode, parts, ...(connection.msk === null ? NO_AWS : {}) };
  return hasPart(connection, "exporter") ? named : { ...named, meters: new Map() };
}

const NO_AWS = { msk: null, cloud: null };

function emptyParts(connection: ResolvedConnection, intervals: PartIntervals): Record<Part, PartState> {
  const parts: Partial<Record<Part, PartState>> = {};
  for (const part of PARTS) {
    const state: PartState = { at: null, intervalMs: intervalOf(part, connection, intervals), problems: [] };
    parts[part] = hasPart(connection, part) ? state : { ...state, absent: true };
  }
  return parts as Record<Part, PartState>;
}

/** Whether the connection has a way to this part. */
export function hasPart({ bootstrap, exporter, msk }: ResolvedConnection, part: Part): boolean {
  const hasBrokers = bootstrap.length > 0;
  if (part === "metadata") return hasBrokers || msk !== null;
  if (part === "msk" || part === "cloudwatch") return msk !== null;
  return part === "exporter" ? hasBrokers && exporter !== null : hasBrokers;
}

/** How often the part is read; for an exporter that the connection does not name, what AWS advises. */
export function intervalOf(part: Part, connection: ResolvedConnection, intervals: PartIntervals): number {
  switch (part) {
    case "metadata":
      return intervals.metadataMs;
    case "offsets":
      return intervals.offsetsMs;
    case "starts":
    case "logs":
      return intervals.logsMs;
    case "exporter":
      return connection.exporter?.intervalMs ?? 60_000;
    case "quotas":
    case "acls":
    case "scram":
      return intervals.accessMs;
    case "msk":
      return intervals.accessMs;
    case "cloudwatch":
      return CLOUDWATCH_MS;
    case "configs":
      return intervals.configsMs;
  }
}
