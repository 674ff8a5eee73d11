import type { Probe } from "@/lib/collector/ports";
import type { RecordFact } from "@/lib/domain/facts";
import { DRAW_BOUNDS, type DrawPlan } from "@/lib/domain/pool/draw-plan";
import { drawnBatch } from "@/lib/domain/pool/drawn-batch";
import type { DrawnBatch } from "@/lib/domain/pool/shares";

/** Reads the whole batch behind each offset of a plan, until the time is over. What cannot be read is left out. */
export async function drawBatches(
  probe: Probe,
  topic: string,
  { draws }: DrawPlan,
  tenantOfRecord: (record: RecordFact) => string | null,
  isOver: () => boolean,
): Promise<DrawnBatch[]> {
  const drawn: DrawnBatch[] = [];
  for (const { partition, offset } of draws) {
    if (isOver()) break;
    const batch = await drawOne(probe, topic, partition, offset, tenantOfRecord);
    if (batch !== null) drawn.push(batch);
  }
  return drawn;
}

async function drawOne(
  probe: Probe,
  topic: string,
  partition: number,
  offset: bigint,
  tenantOfRecord: (record: RecordFact) => string | null,
): Promise<DrawnBatch | null> {
  const bounds = { topic, partition, maxBytes: DRAW_BOUNDS.bytesPerDraw, maxRecords: DRAW_BOUNDS.recordsPerBatch };
  const met = (await probe.sample({ ...bounds, offset })).value?.records ?? [];
  const base = met[0]?.batchBaseOffset;
  if (base === undefined) return null;
  // An offset inside a batch gives the rest of it alone; its beginning is read too.
  const whole = base < offset ? ((await probe.sample({ ...bounds, offset: base })).value?.records ?? []) : met;
  return drawnBatch(partition, whole, base, tenantOfRecord);
}
