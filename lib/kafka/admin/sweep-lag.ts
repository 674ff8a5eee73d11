import type { GroupFact, MetadataFacts, PartitionOffsets, Reading } from "@/lib/domain/facts";
import type { BrokerSet } from "./link/broker-set";
import { readGroups } from "./read-groups";
import { readMetadata } from "./read-metadata";
import { fillOffsets, LATEST, readOffsets } from "./read-offsets";

export interface LagSweep {
  /** The metadata the ends were read with; newer than the one passed in when leaders had moved. */
  metadata: MetadataFacts;
  /** null: no broker answered. */
  groups: GroupFact[] | null;
  /** High watermarks, read after every commit, so that no lag is negative. */
  ends: PartitionOffsets;
}

/**
 * All that lag needs, once: groups with their commits, then the ends. At most 2 + ⌈groups/500⌉ + ⌈partitions/5000⌉ requests
 * per broker, the metadata included. When leaders have moved, metadata is read anew and only their partitions are asked again.
 * null: no broker answered for the metadata.
 */
export async function sweepLag(brokers: BrokerSet, known?: MetadataFacts): Promise<Reading<LagSweep | null>> {
  const first = known ? { value: known, problems: [] } : await readMetadata(brokers);
  if (first.value === null) return { value: null, problems: first.problems };
  if (brokers.brokerIds.length === 0) brokers.adopt(first.value.brokers);
  const groups = await readGroups(brokers);
  const ends = await readOffsets(brokers, first.value, LATEST);
  const before = [...first.problems, ...groups.problems];
  const sweep: LagSweep = { metadata: first.value, groups: groups.value, ends: ends.value };
  if (ends.stale.length === 0) return { value: sweep, problems: [...before, ...ends.problems] };
  const fresh = await readMetadata(brokers);
  if (fresh.value === null) return { value: sweep, problems: [...before, ...ends.problems] };
  sweep.metadata = fresh.value;
  const questions = ends.stale.map((places) => ({ ...places, times: LATEST }));
  const again = await fillOffsets(brokers, fresh.value, questions, sweep.ends);
  return { value: sweep, problems: [...before, ...fresh.problems, ...again.problems] };
}
