/** Cuts a list into pieces of at most `size`. */
export function inBatches<T>(items: readonly T[], size: number): T[][] {
  const batches: T[][] = [];
  for (let from = 0; from < items.length; from += size) batches.push(items.slice(from, from + size));
  return batches;
}

/** Cuts a list into pieces of at most `size` that name no key twice. The order stays. */
export function inDistinctBatches<T>(items: readonly T[], size: number, keyOf: (item: T) => string): T[][] {
  const batches: T[][] = [];
  let keys = new Set<string>();
  for (const item of items) {
    const key = keyOf(item);
    const last = batches.at(-1);
    if (last && keys.size < size && !keys.has(key)) last.push(item);
    else {
      batches.push([item]);
      keys = new Set();
    }
    keys.add(key);
  }
  return batches;
}
