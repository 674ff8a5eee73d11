import type { Problem } from "@/lib/domain/facts";
import type { ReportedRate } from "@/lib/domain/pool/pool-facts";
import type { Direction } from "@/lib/domain/views/use";

/** What one round of reading brought of a tenant. */
export interface Report {
  /** Absent: this direction is not reported. null: nothing new was read of it. */
  rates: Partial<Record<Direction, ReportedRate | null>>;
  /** Why nothing was read; null: the source answered. */
  problem: { message: string; remedy: string } | null;
}

/** By tenant. */
export type Reports = Map<string, Report>;

export function problemWords({ message, remedy }: Problem): NonNullable<Report["problem"]> {
  return { message, remedy: remedy ?? "It is asked again by itself." };
}
