import { PARTS, type PartState } from "@/lib/domain/snapshot";
import type { StatusView } from "@/lib/domain/views/clusters";

type PartStateView = StatusView["clusters"][number]["parts"][number];

/** Later than this many of its intervals, a reading is stale. */
const INTERVALS_MAX = 3;

/** Every part that a cluster is read in, as people see it. One that was never read is stale once something stands in its way. */
export function partViews(parts: Record<(typeof PARTS)[number], PartState>, now: Date): PartStateView[] {
  return PARTS.filter((part) => parts[part].absent === undefined).map((part) => {
    const { at, intervalMs, problems } = parts[part];
    const stale = at === null ? problems.length > 0 : now.getTime() - Date.parse(at) > INTERVALS_MAX * intervalMs;
    return { part, at, intervalMs, stale, problems };
  });
}
