/** More digits than anybody reads in a list, and half the bytes of what a division gives. */
const DIGITS = 5;

/** A number with the digits that count; what is not zero never becomes one. */
export function roundForList(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(DIGITS));
}

/** The fields that are not null. */
export function known<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], null> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as { [K in keyof T]?: Exclude<T[K], null> };
}

/** Texts that rows have in common, each once, in the order in which they came. */
export function tableOf(): { indexOf: (text: string) => number; values: () => string[] } {
  const indexes = new Map<string, number>();
  return {
    indexOf(text) {
      const index = indexes.get(text) ?? indexes.size;
      indexes.set(text, index);
      return index;
    },
    values: () => [...indexes.keys()],
  };
}
