import type { PartIntervals } from "@/lib/collector/settings";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { type ClusterSnapshot, PARTS, type Part, type PartState } from "@/lib/domain/snapshot";

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
  };
}

/** A saved snapshot under the connection as it is now: its name, mode, intervals and exporter may have changed since. */
export function underConnection(saved: ClusterSnapshot, connection: ResolvedConnection, intervals: PartIntervals): ClusterSnapshot {
  const parts = emptyParts(connection, intervals);
  for (const part of PARTS) parts[part] = { ...saved.parts[part], intervalMs: parts[part].intervalMs };
  const named = { ...saved, name: connection.name, mode: connection.mode, parts };
  if (connection.exporter !== null) return named;
  return { ...named, meters: new Map(), parts: { ...parts, exporter: { ...parts.exporter, at: null, problems: [] } } };
}

function emptyParts(connection: ResolvedConnection, intervals: PartIntervals): Record<Part, PartState> {
  const parts: Partial<Record<Part, PartState>> = {};
  for (const part of PARTS) parts[part] = { at: null, intervalMs: intervalOf(part, connection, intervals), problems: [] };
  return parts as Record<Part, PartState>;
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
    case "configs":
      return intervals.configsMs;
  }
}
