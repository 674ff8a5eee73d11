import { z } from "zod";
import type { RecordFact } from "@/lib/domain/facts";
import { ShownBytes, showBytes, showText } from "./shown-bytes";

/** What is shown of one record at most; its true sizes stand beside. */
export const SHOWN_BOUNDS = { bytes: 2048, headers: 20, headerBytes: 256 } as const;
/** The last moment that an ISO time with four digits of year can say. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

export const ShownRecord = z.object({
  partition: z.number(),
  offset: z.string(),
  /** As the record says, or the broker that took it; null: it says none, or none that is a time. */
  at: z.iso.datetime().nullable(),
  /** null: it has no key. */
  key: ShownBytes.nullable(),
  /** null: it has no value, which in a compacted topic deletes its key. */
  value: ShownBytes.nullable(),
  headers: z.array(z.object({ name: z.string(), value: ShownBytes.nullable() })),
  /** All that it has, shown or not. */
  headerCount: z.number(),
});
export type ShownRecord = z.infer<typeof ShownRecord>;

export function showRecord({ partition, offset, timestampMs, key, value, headers }: RecordFact): ShownRecord {
  return {
    partition,
    offset: offset.toString(),
    at: timestampMs >= 0 && timestampMs <= LAST_MS ? new Date(timestampMs).toISOString() : null,
    key: showBytes(key, SHOWN_BOUNDS.bytes),
    value: showBytes(value, SHOWN_BOUNDS.bytes),
    headers: headers.slice(0, SHOWN_BOUNDS.headers).map((header) => ({
      name: showText(header.name, SHOWN_BOUNDS.headerBytes),
      value: showBytes(header.value, SHOWN_BOUNDS.headerBytes),
    })),
    headerCount: headers.length,
  };
}
