/** Work in slices of a few milliseconds: between two of them a server can answer. The last step brings the result. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all the steps in one go. */
export function drain<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Does something with each item, and lets others in between after every so many. */
export function* eachInSlices<T>(items: Iterable<T>, slice: number, act: (item: T) => void): Steps<void> {
  let count = 0;
  for (const item of items) {
    act(item);
    count += 1;
    if (count % slice === 0) yield;
  }
}

/** What comes of each item, in their order, with others in between after every so many. */
export function* mapInSlices<T, R>(items: Iterable<T>, slice: number, map: (item: T) => R): Steps<R[]> {
  const results: R[] = [];
  yield* eachInSlices(items, slice, (item) => {
    results.push(map(item));
  });
  return results;
}
