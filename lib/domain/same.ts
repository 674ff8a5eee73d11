/**
 * The earlier value where it says the same as the later one, else the later one. What is assembled anew every few seconds and mostly
 * says what it said before is so held once, however many versions of it are kept. For values made of plain objects, lists, texts and
 * numbers.
 */
export function same<T>(before: T | undefined, now: T): T {
  return before !== undefined && isEqual(before, now) ? before : now;
}

/** How many different values one is looked for among: those of thousands of quiet tenants are few. */
const HELD_MAX = 16;

/** Hands out an equal value that it was given before, of the last few different ones: what thousands say alike is so held once. */
export type HoldOnce = <T>(value: T) => T;

export function createHoldOnce(): HoldOnce {
  const held: unknown[] = [];
  return (value) => {
    const known = held.findLast((one) => isEqual(one, value));
    if (known !== undefined) return known as typeof value;
    if (held.push(value) > HELD_MAX) held.shift();
    return value;
  };
}

function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let at = 0; at < a.length; at += 1) if (!isEqual(a[at], b[at])) return false;
    return true;
  }
  return hasEqualFields(a as Fields, b as Fields);
}

type Fields = Readonly<Record<string, unknown>>;

function hasEqualFields(a: Fields, b: Fields): boolean {
  let fields = 0;
  for (const name in a) {
    if (!Object.hasOwn(b, name) || !isEqual(a[name], b[name])) return false;
    fields += 1;
  }
  for (const _ in b) fields -= 1;
  return fields === 0;
}
