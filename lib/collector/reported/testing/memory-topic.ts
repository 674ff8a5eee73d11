import type { OpenProbe, Probe } from "@/lib/collector/ports";
import type { PartitionOffsets, Problem, RecordFact } from "@/lib/domain/facts";
import type { SampleRequest } from "@/lib/kafka";

type Written = RecordFact & { size: number };

/** A topic in memory that answers as brokers do: by offsets, within bounds, one record at least. */
export interface MemoryTopic {
  open: OpenProbe;
  /** Connections that were not closed. */
  opened: () => number;
  asked: SampleRequest[];
  /** A text is written as it is, anything else as JSON. */
  write: (partition: number, value: unknown, timestampMs: number, more?: { key?: string; headers?: Record<string, string> }) => void;
  /** Every reading fails with this from now on; null: it is answered again. */
  refuse: (problem: Problem | null) => void;
  /** Only records before this offset are readable, as before a transaction that is open. */
  hideFrom: (partition: number, offset: bigint | null) => void;
  ends: (topic: string) => PartitionOffsets;
  /** The topic is made anew, empty. */
  recreate: () => void;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export function memoryTopic(partitions: Written[][]): MemoryTopic {
  const asked: SampleRequest[] = [];
  const hidden = new Map<number, bigint>();
  let refusal: Problem | null = null;
  let opened = 0;

  const sample: Probe["sample"] = async (request) => {
    asked.push(request);
    const { partition, offset, maxBytes, maxRecords } = request;
    const log = partitions[partition] ?? [];
    const end = BigInt(log.length);
    if (refusal !== null) return { value: null, problems: [refusal] };
    if (offset > end) return { value: null, problems: [GONE] };
    const limit = hidden.get(partition) ?? end;
    const records: Written[] = [];
    let size = 0;
    for (const record of log.slice(Number(offset), Number(limit < offset ? offset : limit))) {
      if (records.length >= maxRecords || (records.length > 0 && size + record.size > maxBytes)) break;
      records.push(record);
      size += record.size;
    }
    const nextOffset = offset + BigInt(records.length);
    return { value: { records, nextOffset, logStartOffset: 0n, endOffset: end, stableOffset: end }, problems: [] };
  };
  return {
    open() {
      opened += 1;
      return {
        sample,
        describeGroup: async () => ({ value: null, problems: [] }),
        close() {
          opened -= 1;
        },
      };
    },
    opened: () => opened,
    asked,
    write(partition, value, timestampMs, { key, headers = {} } = {}) {
      const log = partitions[partition] ?? [];
      const text = typeof value === "string" ? value : JSON.stringify(value);
      log.push({
        partition,
        offset: BigInt(log.length),
        timestampMs,
        key: key === undefined ? null : bytes(key),
        value: bytes(text),
        headers: Object.entries(headers).map(([name, one]) => ({ name, value: bytes(one) })),
        batchBaseOffset: BigInt(log.length),
        size: text.length,
      });
    },
    refuse(problem) {
      refusal = problem;
    },
    hideFrom(partition, offset) {
      if (offset === null) hidden.delete(partition);
      else hidden.set(partition, offset);
    },
    ends: (topic) => new Map([[topic, partitions.map((log) => BigInt(log.length))]]),
    recreate() {
      for (const log of partitions) log.length = 0;
    },
  };
}

const GONE: Problem = { code: "unavailable", operation: "Fetch", message: "No record of this offset is kept. (OFFSET_OUT_OF_RANGE)" };
