import type { CommittedOffset, GroupFact } from "@/lib/domain/facts";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";

/** A group that has committed to a topic, and where. */
export interface Reader {
  group: GroupFact;
  committed: CommittedOffset[];
}

type Groups = ClusterSnapshot["groups"];

const indexes = new WeakMap<Groups, ReadonlyMap<string, readonly Reader[]>>();

/** The groups that have committed to a topic. The thousands of a cluster are gone through once for all its topics. */
export function readersOf({ groups }: Pick<ClusterSnapshot, "groups">, topic: string): readonly Reader[] {
  const index = indexes.get(groups) ?? indexOf(groups);
  indexes.set(groups, index);
  return index.get(topic) ?? [];
}

function indexOf(groups: Groups): ReadonlyMap<string, readonly Reader[]> {
  const index = new Map<string, Reader[]>();
  for (const group of groups.values()) {
    const byTopic = new Map<string, CommittedOffset[]>();
    for (const committed of group.committed) {
      const known = byTopic.get(committed.topic);
      if (known === undefined) byTopic.set(committed.topic, [committed]);
      else known.push(committed);
    }
    for (const [topic, committed] of byTopic) {
      const known = index.get(topic);
      if (known === undefined) index.set(topic, [{ group, committed }]);
      else known.push({ group, committed });
    }
  }
  return index;
}
