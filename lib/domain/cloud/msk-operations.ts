import type { MskFacts, MskOperation } from "@/lib/domain/msk-facts";

/** The operation that is under way; null: none is, or operations could not be read. */
export function runningOperation({ operations }: Pick<MskFacts, "operations">): MskOperation | null {
  return operations?.find(({ endedAt, state }) => endedAt === null && !/COMPLETE|FAILED/.test(state)) ?? null;
}

/** AWS's name of an operation as words: "SECURITY_PATCHING" is "security patching". */
export function operationWords(type: string): string {
  return type.toLowerCase().replaceAll("_", " ");
}
