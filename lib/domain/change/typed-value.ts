import { parseByteRate, parseBytes, parseDurationMs } from "@/lib/domain/units";
import { UNLIMITED } from "./values";

/** What a form's input is about; decides what can be typed into it. */
export type TypedKind = "retentionMs" | "retentionBytes" | "maxMessageBytes" | "byteRate" | "requestPercent" | "partitions";

/**
 * A value as a request has it: `"tier"` is what tier and overrides declare; null takes the own value or the quota away.
 */
export type GivenValue = number | typeof UNLIMITED | "tier" | null;

/** What was typed: nothing, a value, or something that is none, with what could be typed instead. */
export type Typed = { state: "empty" } | { state: "value"; value: GivenValue } | { state: "wrong"; says: string };

interface Kind {
  parse: (text: string) => number | null;
  /** Completes "Write …". */
  examples: string;
  /** What a bare number misses: "7 of what? Write 7 days …". */
  withUnit: ((digits: string) => string) | null;
  words: Record<string, GivenValue>;
  max: { value: number; says: string } | null;
  zero: string;
}

const TIER_WORDS: Record<string, GivenValue> = { tier: "tier", "as tier": "tier", "as the tier": "tier", "as the tier says": "tier" };
const INHERIT_WORDS: Record<string, GivenValue> = { inherit: null, inherited: null, default: null };
const FOR_EVER: Record<string, GivenValue> = { unlimited: UNLIMITED, forever: UNLIMITED, "for ever": UNLIMITED };
const NO_QUOTA: Record<string, GivenValue> = { "no quota": null, none: null, unlimited: null, "no limit": null };

/** Kafka holds `max.message.bytes` and partition numbers in 32 bits. */
const INT_MAX = 2_147_483_647;
const NO_ZERO_QUOTA = "Kafka has no quota of 0. A tenant is stopped by taking its permissions away.";

const KINDS: Record<TypedKind, Kind> = {
  retentionMs: {
    parse: parseDurationMs,
    examples: "3 days, 12 hours, 90 min, or unlimited",
    withUnit: (digits) => `${digits} days or ${digits} hours`,
    words: { ...TIER_WORDS, ...INHERIT_WORDS, ...FOR_EVER },
    max: null,
    zero: "0 would delete everything at once, which is no retention.",
  },
  retentionBytes: {
    parse: parseBytes,
    examples: "50 GB, 512 MiB, or unlimited",
    withUnit: (digits) => `${digits} GB or ${digits} MB`,
    words: { ...TIER_WORDS, ...INHERIT_WORDS, ...FOR_EVER },
    max: null,
    zero: "0 would delete everything at once, which is no retention.",
  },
  maxMessageBytes: {
    parse: parseBytes,
    examples: "1 MiB, 1.5 MB or 512 KiB",
    withUnit: (digits) => `${digits} MB or ${digits} KiB`,
    words: { ...TIER_WORDS, ...INHERIT_WORDS },
    max: { value: INT_MAX, says: "Kafka keeps this size in 32 bits: at most 2147483647 bytes." },
    zero: "No message is 0 bytes large.",
  },
  byteRate: {
    parse: parseByteRate,
    examples: "20 MB/s, 800 kB/s, or no quota",
    withUnit: (digits) => `${digits} MB/s or ${digits} kB/s`,
    words: { ...TIER_WORDS, ...NO_QUOTA },
    max: null,
    zero: NO_ZERO_QUOTA,
  },
  requestPercent: {
    parse: (text) => decimalOf(text.replace(/\s*%$/, "")),
    examples: "200 %, or no quota",
    withUnit: null,
    words: { ...TIER_WORDS, ...NO_QUOTA },
    max: { value: 1_000_000, says: "At most 1000000 %." },
    zero: NO_ZERO_QUOTA,
  },
  partitions: {
    parse: (text) => (/^\d+$/.test(text) ? Number(text) : null),
    examples: "a whole number, such as 12",
    withUnit: null,
    words: {},
    max: { value: 1_000_000, says: "At most 1000000 partitions." },
    zero: "A topic has at least one partition.",
  },
};

function decimalOf(text: string): number | null {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** Reads what was typed into a form. Nothing is guessed: a number without its unit is asked back. */
export function readTyped(kind: TypedKind, text: string): Typed {
  const given = text.trim().replaceAll(/\s+/g, " ");
  if (given === "") return { state: "empty" };
  const { parse, words, max, zero } = KINDS[kind];
  const word = given.toLowerCase();
  if (Object.hasOwn(words, word)) return { state: "value", value: words[word] ?? null };
  const value = parse(given);
  if (value === null) return { state: "wrong", says: sayWrong(kind, given) };
  if (value === 0) return { state: "wrong", says: zero };
  if (max !== null && value > max.value) return { state: "wrong", says: max.says };
  return { state: "value", value };
}

/** The examples of a kind, for an input that is still empty. */
export function examplesOf(kind: TypedKind): string {
  return KINDS[kind].examples;
}

function sayWrong(kind: TypedKind, given: string): string {
  const { examples, withUnit } = KINDS[kind];
  if (kind === "byteRate" && parseBytes(given) !== null) return `${given} is a size. A quota is a rate: ${given}/s.`;
  if (withUnit !== null && decimalOf(given) !== null) return `${given} of what? Write ${withUnit(given)}.`;
  const shown = given.length > 40 ? `${given.slice(0, 40)}…` : given;
  return `“${shown}” cannot be read. Write ${examples}.`;
}
