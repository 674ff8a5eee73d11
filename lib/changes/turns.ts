/** Who goes first: a brake before a single change, that before a rollout. */
export type Rank = 0 | 1 | 2;

/** One at a time for each name; among those that wait the lowest rank goes first, then who came first. */
export interface Turns {
  /** Answers when it is one's turn; the answer ends it. */
  take: (name: string, rank: Rank) => Promise<() => void>;
}

interface Waiting {
  rank: Rank;
  begin: () => void;
}

export function createTurns(): Turns {
  const queues = new Map<string, Waiting[]>();

  function next(name: string): void {
    const queue = queues.get(name) ?? [];
    const first = queue.reduce<Waiting | undefined>((best, one) => (best === undefined || one.rank < best.rank ? one : best), undefined);
    if (first === undefined) return void queues.delete(name);
    queue.splice(queue.indexOf(first), 1);
    first.begin();
  }

  return {
    take(name, rank) {
      let taken = true;
      const end = () => {
        if (taken) next(name);
        taken = false;
      };
      const queue = queues.get(name);
      if (queue === undefined) {
        queues.set(name, []);
        return Promise.resolve(end);
      }
      return new Promise((resolve) => queue.push({ rank, begin: () => resolve(end) }));
    },
  };
}
