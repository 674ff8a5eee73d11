import type { Prefill } from "./tenant-change";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

const VALUE_MAX = 60;
const REASON_MAX = 500;

/** `?value=` and `?reason=` of a link to a form, of one for quotas `?consume=` and `?percent=`, and of one for retention `?size=`. */
export function prefillOf({ value, reason, consume, percent, size }: Awaited<SearchParams>): Prefill {
  const text = (given: string | string[] | undefined, max: number) => (typeof given === "string" ? given.slice(0, max) : "");
  return {
    value: text(value, VALUE_MAX),
    reason: text(reason, REASON_MAX),
    consume: text(consume, VALUE_MAX),
    percent: text(percent, VALUE_MAX),
    size: text(size, VALUE_MAX),
  };
}
