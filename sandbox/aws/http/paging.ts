/** A page of a list and the token of the next. */
export interface Page<T> {
  items: T[];
  nextToken?: string;
}

interface Mark {
  list: string;
  after: string;
  at: number;
}

interface PageRequest {
  nextToken: string | undefined;
  /** What the caller asked for at most; the page is never larger than `size`. */
  maxResults?: number | undefined;
}

/**
 * Cuts a page out of a list. The token tells nothing to who holds it, and goes on after the same item when the list has changed.
 *
 * @param list what is paged, so that a token of one list is no token of another
 * @returns null when the token is not one of this list
 */
export function pageOf<T>(list: string, items: T[], keyOf: (item: T) => string, request: PageRequest, size: number): Page<T> | null {
  const start = request.nextToken === undefined ? 0 : startOf(list, items, keyOf, request.nextToken);
  if (start === null) return null;
  const end = start + Math.min(size, request.maxResults ?? size);
  const some = items.slice(start, end);
  const last = some.at(-1);
  if (last === undefined || end >= items.length) return { items: some };
  const mark: Mark = { list, after: keyOf(last), at: end };
  return { items: some, nextToken: Buffer.from(JSON.stringify(mark)).toString("base64url") };
}

function startOf<T>(list: string, items: T[], keyOf: (item: T) => string, token: string): number | null {
  try {
    const mark: Mark = JSON.parse(Buffer.from(token, "base64url").toString());
    if (mark.list !== list) return null;
    const found = items.findIndex((item) => keyOf(item) === mark.after);
    return found < 0 ? mark.at : found + 1;
  } catch {
    return null;
  }
}
