/** A list that was made of a fleet, for going on with it by a cursor. */
export interface PinnedList<T = unknown> {
  /** null: its fleet has been replaced, and what its rows say is told as it is now. */
  rows: readonly T[] | null;
  /** Names of the rows in their order; null while the rows are there, and where rows have no name. */
  keys: readonly string[] | null;
  /** null: rows have no name, and stay as they were. */
  keyOf: ((row: T) => string) | null;
  /** Whether a cursor into it was handed out. */
  isPointedAt: boolean;
}

export type PinnedLists = Map<string, PinnedList>;

/**
 * What a cursor needs of the lists of a fleet that has been replaced: their order. Rows of ten versions, each read anew, would be a third of
 * what a large fleet takes in memory. Orders of `before`, the version that was replaced before it, are taken over where they are the same.
 */
export function thinLists(lists: ReadonlyMap<string, PinnedList>, before?: PinnedLists): PinnedLists {
  const thin: PinnedLists = new Map();
  for (const [name, list] of lists) if (list.isPointedAt) thin.set(name, thinList(list, before?.get(name)));
  return thin;
}

function thinList(list: PinnedList, before: PinnedList | undefined): PinnedList {
  const { rows, keyOf } = list;
  if (rows === null || keyOf === null) return list;
  const keys = rows.map(keyOf);
  const stands = before?.keys?.length === keys.length && keys.every((key, position) => before.keys?.[position] === key);
  return stands ? before : { rows: null, keys, keyOf: null, isPointedAt: true };
}
