/** Work in slices of a few milliseconds: between two of them a server can answer. The last step brings the result. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all the steps in one go. */
export function drain<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
