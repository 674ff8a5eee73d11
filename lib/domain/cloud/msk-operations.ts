import type { MskFacts, MskOperation } from "@/lib/domain/msk-facts";

/** The operation that is under way; null: none is, or operations could not be read. */
export function runningOperation({ operations }: Pick<MskFacts, "operations">): MskOperation | null {
  return operations?.find(({ endedAt, state }) => endedAt === null && !/COMPLETE|FAILED/.test(state)) ?? null;
}

/** AWS's name of an operation as words: "SECURITY_PATCHING" is "security patching". */
export function operationWords(type: string): string {
  return type.toLowerCase().replaceAll("_", " ");
}

/** Operations that were under way at any moment of a time. */
export function operationsIn<T extends Pick<MskOperation, "startedAt" | "endedAt">>(
  operations: readonly T[],
  fromMs: number,
  toMs: number,
): T[] {
  return operations.filter(({ startedAt, endedAt }) => Date.parse(startedAt) < toMs && (endedAt === null || Date.parse(endedAt) > fromMs));
}
