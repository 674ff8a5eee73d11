/**
 * Moves labels apart so that no two are closer than `gap`, none leaves 0 to `height`, and each stays as near to its own place
 * as that allows. Takes and returns distances from the top, in px, in the order given.
 */
export function spreadLabels(places: readonly number[], gap: number, height: number): number[] {
  const order = places.map((place, index) => ({ place, index })).toSorted((a, b) => a.place - b.place);
  const result: number[] = [];
  let floor = 0;
  for (const each of order) {
    each.place = Math.max(each.place, floor);
    floor = each.place + gap;
  }
  let ceiling = height;
  for (const each of order.toReversed()) {
    each.place = Math.min(each.place, ceiling);
    ceiling = each.place - gap;
  }
  for (const each of order) result[each.index] = each.place;
  return result;
}
