import { isKnown, type Observed } from "@/lib/domain/observed";
import type { CsvValue } from "@/lib/operations/define";

/** An observed number as two cells: the raw value, empty when it is not known, and how it came to be known. */
export function observedCells(observed: Observed<number>): [CsvValue, CsvValue] {
  if (!isKnown(observed)) return [null, observed.source];
  return [observed.value, observed.atLeast ? `${observed.source}, at least` : observed.source];
}
