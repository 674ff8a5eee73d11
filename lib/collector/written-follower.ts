import type { WrittenMark } from "@/lib/store";
import type { CollectorStore } from "./collector-store";

export interface WrittenFollower {
  /** What other processes wrote on clusters since the last look, each mark once. Rejects when the store does not answer. */
  news: () => Promise<WrittenMark[]>;
}

/** Marks that are written at the same moment may come to be seen in another order, so the last ones are looked at again. */
const OVERLAP = 100;

/** Follows the marks of writes from now on: what was written before is read by whoever begins to read the cluster. */
export async function createWrittenFollower(store: CollectorStore): Promise<WrittenFollower> {
  const first = await store.lastWritten();
  let newest = first;
  let seen = new Set<number>();
  return {
    async news() {
      const found = await store.writtenSince(Math.max(first, newest - OVERLAP));
      const news = found.filter(({ id }) => !seen.has(id));
      seen = new Set(found.map(({ id }) => id));
      newest = Math.max(newest, ...seen);
      return news;
    },
  };
}
