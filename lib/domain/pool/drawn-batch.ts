import type { RecordFact } from "@/lib/domain/facts";
import type { DrawnBatch } from "./shares";

/** The batch that begins at an offset, with its bytes by tenant; null: nothing of it can be read (markers, or compacted away). */
export function drawnBatch(
  partition: number,
  records: readonly RecordFact[],
  baseOffset: bigint,
  tenantOfRecord: (record: RecordFact) => string | null,
): DrawnBatch | null {
  const own = records.filter(({ batchBaseOffset }) => batchBaseOffset === baseOffset);
  if (own.length === 0) return null;
  const parts = new Map<string | null, { records: number; bytes: number }>();
  let bytes = 0;
  for (const record of own) {
    const size = bytesOf(record);
    const tenantId = tenantOfRecord(record);
    const part = parts.get(tenantId) ?? { records: 0, bytes: 0 };
    parts.set(tenantId, { records: part.records + 1, bytes: part.bytes + size });
    bytes += size;
  }
  return { partition, records: own.length, bytes, parts };
}

function bytesOf({ key, value, headers }: RecordFact): number {
  return headers.reduce((sum, header) => sum + header.name.length + (header.value?.length ?? 0), (key?.length ?? 0) + (value?.length ?? 0));
}
