import type { Context } from "@/lib/operations/context";

const SHARED_MS = 10_000;

interface Begun {
  atMs: number;
  result: Promise<unknown>;
}

const reads = new WeakMap<object, Map<string, Begun>>();

/** A live reading of a source. All who ask for the same within ten seconds share one, so that viewers cost the cluster nothing. */
export function sharedRead<S extends object, T>(context: Context, source: S, key: string, read: (source: S) => Promise<T>): Promise<T> {
  const nowMs = context.now().getTime();
  const ofSource = reads.get(source) ?? new Map<string, Begun>();
  reads.set(source, ofSource);
  for (const [name, { atMs }] of ofSource) if (nowMs - atMs >= SHARED_MS) ofSource.delete(name);
  const begun = ofSource.get(key) ?? { atMs: nowMs, result: read(source) };
  ofSource.set(key, begun);
  return begun.result as Promise<T>;
}
