import type { Csv, CsvValue } from "@/lib/operations/define";

/** What a spreadsheet would take for a formula when a cell starts with it; some read the wide forms as the narrow ones. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const BATCH_CHARACTERS = 32_768;

/** One value as a cell: texts never become formulas, unknown is empty, numbers are raw. */
export function csvCell(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  if (typeof value === "boolean") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The rows as RFC 4180 text, made only as fast as the client reads, with a turn for other requests between two batches. */
export function csvStream(csv: Csv): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const lines = linesOf(csv);
  return new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setImmediate(resolve));
      let batch = "";
      while (batch.length < BATCH_CHARACTERS) {
        const next = lines.next();
        if (next.done) {
          if (batch !== "") controller.enqueue(encoder.encode(batch));
          controller.close();
          return;
        }
        batch += next.value;
      }
      controller.enqueue(encoder.encode(batch));
    },
  });
}

function* linesOf({ head, rows }: Csv): Generator<string> {
  yield `${head.map(csvCell).join(",")}\r\n`;
  for (const row of rows) yield `${row.map(csvCell).join(",")}\r\n`;
}
