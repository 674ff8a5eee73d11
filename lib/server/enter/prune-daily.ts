import { log } from "@/lib/server/log";
import { pruneSessions, type Store } from "@/lib/store";

const DAY_MS = 86_400_000;

/** Forgets sessions and links that ended long ago, once a day. Answers what stops it. */
export function pruneDaily(store: Store): () => void {
  const prune = (): void => {
    pruneSessions(store, new Date()).catch((err: unknown) => log().warn({ err }, "Old sessions were not forgotten; it is tried again."));
  };
  const timer = setInterval(prune, DAY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
