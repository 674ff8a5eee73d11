import type { RequestOf } from "@/lib/domain/change/request";
import { examplesOf, readTyped } from "@/lib/domain/change/typed-value";
import type { TenantDetail } from "@/lib/domain/views/tenants";
import { DIRECTIONS, type Direction } from "@/lib/domain/views/use";

export const MINUTES = [10, 30, 60, 240] as const;
export type Ways = Direction | "both";
export type Cap = "half" | "quarter" | "typed";

export interface BrakeDraft {
  ways: Ways;
  cap: Cap;
  /** What was typed for each broker. */
  text: string;
  minutes: number;
}

/** What a share is taken of. */
export interface BrakeBase {
  bytesPerSecond: number;
  of: "quota" | "rate";
}

export type BrakeBases = Record<Direction, BrakeBase | null>;

/**
 * What a tenant has on each broker in a direction: its quota, the lowest where it has several, so that half of it is less than each; where
 * there is none, what its busiest broker sees now. null: neither is known.
 */
export function brakeBase({ buckets, worst }: TenantDetail["produce"]): BrakeBase | null {
  const quotas = buckets.flatMap(({ quota }) => (quota === null ? [] : [quota.value]));
  if (quotas.length > 0) return { bytesPerSecond: Math.min(...quotas), of: "quota" };
  const rates = buckets.flatMap(({ brokers }) => brokers.map(({ bytesPerSecond }) => bytesPerSecond));
  const most = Math.max(0, worst?.bytesPerSecond ?? 0, ...rates);
  return most > 0 ? { bytesPerSecond: most, of: "rate" } : null;
}

export function brakeBases({ produce, consume }: Pick<TenantDetail, "produce" | "consume">): BrakeBases {
  return { produce: brakeBase(produce), consume: brakeBase(consume) };
}

/** What the popover opens with: half of what there is, both ways where both are known, for half an hour. */
export function firstDraft({ produce, consume }: BrakeBases): BrakeDraft {
  const ways = produce !== null && consume === null ? "produce" : produce === null && consume !== null ? "consume" : "both";
  return { ways, cap: produce === null && consume === null ? "typed" : "half", text: "", minutes: 30 };
}

export function directionsOf(ways: Ways): readonly Direction[] {
  return ways === "both" ? DIRECTIONS : [ways];
}

const PARTS: Record<Exclude<Cap, "typed">, number> = { half: 2, quarter: 4 };

/** What each broker lets through, by direction; a direction of which nothing is known has no share to take. */
export function capsOf({ ways, cap, text }: BrakeDraft, bases: BrakeBases): Partial<Record<Direction, number>> {
  const typed = cap === "typed" ? readTyped("byteRate", text) : null;
  const caps: Partial<Record<Direction, number>> = {};
  for (const direction of directionsOf(ways)) {
    const base = bases[direction];
    if (cap !== "typed" && base !== null) caps[direction] = Math.max(1, Math.round(base.bytesPerSecond / PARTS[cap]));
    if (typed?.state === "value" && typeof typed.value === "number") caps[direction] = typed.value;
  }
  return caps;
}

/** What is wrong with what was typed; null: nothing, or nothing was typed yet. */
export function capProblem({ cap, text }: BrakeDraft): string | null {
  if (cap !== "typed") return null;
  const typed = readTyped("byteRate", text);
  if (typed.state === "wrong") return typed.says;
  return typed.state === "value" && typeof typed.value !== "number"
    ? `A brake needs a rate: ${examplesOf("byteRate").split(",")[0]}.`
    : null;
}

/** The request of the popover; null: it has no cap yet. */
export function brakeRequest(tenantId: string, draft: BrakeDraft, bases: BrakeBases): RequestOf<"brake"> | null {
  const { produce, consume } = capsOf(draft, bases);
  if (produce === undefined && consume === undefined) return null;
  return {
    kind: "brake",
    tenantId,
    ...(produce === undefined ? {} : { produceBytesPerSecond: produce }),
    ...(consume === undefined ? {} : { consumeBytesPerSecond: consume }),
    minutes: draft.minutes,
  };
}
