import type { PlannedOperation } from "./operation";
import type { ConsequenceClass } from "./plan";
import type { ChangeRequest } from "./request";

/**
 * JSON that is the same text for the same value: keys in the order of their code units, what is undefined left out, no white space.
 * Takes what JSON can hold; anything else (a bigint, a function, a number that is not finite) throws.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => (item === undefined ? "null" : canonicalJson(item))).join(",")}]`;
  if (typeof value === "object" && value !== null) return objectJson(value);
  const isWritable = typeof value !== "number" || Number.isFinite(value);
  const text: string | undefined = isWritable ? JSON.stringify(value) : undefined;
  if (text === undefined) throw new TypeError(`JSON has no word for ${String(value)}.`);
  return text;
}

function objectJson(value: object): string {
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(",")}}`;
}

/**
 * What a plan's fingerprint is the hash of: the request, each value before and after with its target, and how bad the worst consequence
 * is. Rates, lag and sizes are not part of it: they move all the time and would make every confirmation stale. Neither is who declares an
 * override, why and since when: the reason is typed after the plan was seen.
 */
export function* fingerprintParts(
  request: ChangeRequest,
  operations: readonly Pick<PlannedOperation, "target" | "before" | "after">[],
  worstClass: ConsequenceClass | null,
): Generator<string> {
  yield canonicalJson({ request, worstClass });
  for (const { target, before, after } of operations) {
    yield `\n${canonicalJson({ target, before, after: target.kind === "override" ? withoutOrigin(after) : after })}`;
  }
}

/** An override as it is declared, without by whom, why and since when. */
export function withoutOrigin(override: string | null): unknown {
  if (override === null) return null;
  const { author: _author, reason: _reason, at: _at, ...rest } = JSON.parse(override) as Record<string, unknown>;
  return rest;
}
