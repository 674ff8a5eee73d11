import { LIVE_MS } from "./query-client";

const PAGES_AT_FULL_PACE = 5;

/** A list is read again page by page; a reader who has loaded many pages gets them less often, so that the load stays the same. */
export function liveIntervalFor(pages: number | undefined): number {
  return LIVE_MS * Math.max(1, (pages ?? 1) / PAGES_AT_FULL_PACE);
}
