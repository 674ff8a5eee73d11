import { typedWords } from "@/lib/domain/change/exact-words";
import type { GivenValue, TypedKind } from "@/lib/domain/change/typed-value";
import type { Preset } from "./value-input";

interface PresetSource {
  /** What the tier says, or the plan suggests, by name. */
  marks: readonly { label: string; value: number }[];
  now: readonly number[];
  /** Usual values, shown as far as there is room. */
  usual?: readonly number[];
  /** Words that stand after the numbers, such as "as the tier says". */
  words?: readonly { value: GivenValue; label: string }[];
}

const MOST = 6;

/** Values to choose from, smallest first; what the tier says and what is so now are named. */
export function presetsOf(kind: TypedKind, { marks, now, usual = [], words = [] }: PresetSource): Preset[] {
  const names = new Map<number, string[]>();
  const name = (value: number, label: string | null) => names.set(value, [...(names.get(value) ?? []), ...(label === null ? [] : [label])]);
  for (const { label, value } of marks) name(value, label);
  for (const value of now) name(value, "now");
  for (const value of usual) if (names.size < MOST && !names.has(value)) name(value, null);
  const numbers = [...names].toSorted(([a], [b]) => a - b);
  return [
    ...numbers.map(([value, labels]) => ({
      text: typedWords(kind, value),
      label: [typedWords(kind, value), ...labels].join(", "),
    })),
    ...words.map(({ value, label }) => ({ text: typedWords(kind, value), label })),
  ];
}
