import type { Prefill } from "./tenant-change";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

const VALUE_MAX = 60;
const REASON_MAX = 500;

/** `?value=` and `?reason=` of a link to a form, and of one for quotas `?consume=`. */
export function prefillOf({ value, reason, consume }: Awaited<SearchParams>): Prefill {
  const text = (given: string | string[] | undefined, max: number) => (typeof given === "string" ? given.slice(0, max) : "");
  return { value: text(value, VALUE_MAX), reason: text(reason, REASON_MAX), consume: text(consume, VALUE_MAX) };
}
