import type { Context } from "@/lib/operations/context";
import { readNoise, type Store, type StoredNoise } from "@/lib/store";

/** Levels come in with each reading of the brokers; looks within this time share what one of them read. */
const SHARED_MS = 15_000;
const KEPT_MAX = 8;

const kept = new WeakMap<Store, Map<string, { atMs: number; noise: Promise<StoredNoise> }>>();

interface KeptQuery {
  clusterId: string | null;
  fromMs: number;
  toMs: number;
  maxSpans: number;
}

/** How loud tenants were over a time, as it is kept. */
export function keptNoise({ store, now }: Context, { clusterId, fromMs, toMs, maxSpans }: KeptQuery): Promise<StoredNoise> {
  const nowMs = now().getTime();
  const key = JSON.stringify([clusterId, Math.floor(fromMs / SHARED_MS), Math.floor(toMs / SHARED_MS), maxSpans]);
  const ofStore = kept.get(store) ?? new Map<string, { atMs: number; noise: Promise<StoredNoise> }>();
  kept.set(store, ofStore);
  for (const [name, { atMs }] of ofStore) if (nowMs - atMs >= SHARED_MS || ofStore.size > KEPT_MAX) ofStore.delete(name);
  const known = ofStore.get(key);
  if (known !== undefined) return known.noise;
  const noise = readNoise(store, { ...(clusterId === null ? {} : { clusterId }), fromMs, toMs, maxSpans }, now());
  ofStore.set(key, { atMs: nowMs, noise });
  noise.catch(() => ofStore.delete(key));
  return noise;
}
