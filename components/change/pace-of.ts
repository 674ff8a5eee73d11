const RENEW_MS = 3000;
const PAGES_AT_FULL_PACE = 3;

/** How often a list of a change under way is read anew: each page that is shown is read again, so many pages are read less often. */
export function paceOf(pages = 1): number {
  return RENEW_MS * Math.max(1, pages / PAGES_AT_FULL_PACE);
}
