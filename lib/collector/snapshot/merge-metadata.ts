import type { MetadataFacts, Reading } from "@/lib/domain/facts";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { nothing, type PartResult } from "./with-part";

/** A broker that was not seen for so long was taken out of the cluster, and is no longer missing. */
const FORGET_BROKER_MS = 7 * 86_400_000;

/** Takes the cluster as it says it is. What was kept of topics that are gone goes with them. */
export function mergeMetadata(snapshot: ClusterSnapshot, reading: Reading<MetadataFacts | null>, at: string): PartResult {
  const { value: metadata, problems } = reading;
  if (metadata === null) return nothing(problems);
  return { fields: metadataFields(snapshot, metadata, at), broughtSomething: true, problems };
}

export function metadataFields(snapshot: ClusterSnapshot, metadata: MetadataFacts, at: string): PartResult["fields"] {
  const alive = new Set(metadata.brokers.map(({ id }) => id));
  const has = (topic: string): boolean => metadata.topics.has(topic);
  return {
    metadata,
    knownBrokers: knownBrokers(snapshot, metadata, at),
    ends: only(snapshot.ends, has),
    starts: only(snapshot.starts, has),
    sizes: only(snapshot.sizes, has),
    configs: only(snapshot.configs, has),
    endHistory: only(snapshot.endHistory, has),
    ...(snapshot.recordTimes === undefined ? {} : { recordTimes: only(snapshot.recordTimes, has) }),
    meters: only(snapshot.meters, (id) => alive.has(id)),
  };
}

function knownBrokers(snapshot: ClusterSnapshot, metadata: MetadataFacts, at: string): ClusterSnapshot["knownBrokers"] {
  const forgetBefore = new Date(Date.parse(at) - FORGET_BROKER_MS).toISOString();
  const known = new Map([...snapshot.knownBrokers].filter(([, { lastSeenAt }]) => lastSeenAt > forgetBefore));
  for (const { id, host } of metadata.brokers) known.set(id, { id, host, lastSeenAt: at });
  return known;
}

/** The same map where nothing has to go. */
function only<K, V>(map: Map<K, V>, keep: (key: K) => boolean): Map<K, V> {
  for (const key of map.keys()) if (!keep(key)) return new Map([...map].filter(([each]) => keep(each)));
  return map;
}
