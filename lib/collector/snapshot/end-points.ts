import type { PartitionOffsets } from "@/lib/domain/facts";
import { recordEnd } from "@/lib/domain/lag/end-history";
import type { EndPoint } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";

type History = Map<string, EndPoint[][]>;

/** Partitions taken in one step. */
const STEP = 500;

/** Notes where the ends are now. Partitions whose end is not known now keep their past; topics without ends are forgotten. */
export function* recordEndsSteps(before: History, ends: PartitionOffsets, nowMs: number): Steps<History> {
  const history: History = new Map();
  let taken = 0;
  for (const [topic, offsets] of ends) {
    history.set(topic, recordTopic(before.get(topic), offsets, nowMs));
    taken += offsets.length;
    if (taken < STEP) continue;
    taken = 0;
    yield;
  }
  return history;
}

const NO_POINTS: EndPoint[] = [];

function recordTopic(before: EndPoint[][] | undefined, offsets: readonly (bigint | null)[], nowMs: number): EndPoint[][] {
  return offsets.map((offset, partition) => {
    const points = before?.[partition] ?? NO_POINTS;
    return offset === null ? points : recordEnd(points, { atMs: nowMs, offset });
  });
}
