import type { Store } from "@/lib/store";

/** Equal questions within this time share one answer: a month of everybody is seconds of the database's time. */
export const KEPT_MS = 5 * 60_000;
const KEPT_MAX = 6;

interface Kept<T> {
  atMs: number;
  answer: Promise<T>;
}

/** Shares answers of one kind by store and key. One that fails is asked anew. */
export function keptAnswers<T>(): (store: Store, key: string, nowMs: number, ask: () => Promise<T>) => Promise<T> {
  const kept = new WeakMap<Store, Map<string, Kept<T>>>();
  return (store, key, nowMs, ask) => {
    const ofStore = kept.get(store) ?? new Map<string, Kept<T>>();
    kept.set(store, ofStore);
    for (const [name, { atMs }] of ofStore) if (nowMs - atMs > KEPT_MS || ofStore.size > KEPT_MAX) ofStore.delete(name);
    const known = ofStore.get(key);
    if (known !== undefined) return known.answer;
    const answer = ask();
    ofStore.set(key, { atMs: nowMs, answer });
    answer.catch(() => ofStore.delete(key));
    return answer;
  };
}
