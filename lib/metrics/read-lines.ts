import { splitLines } from "./split-lines";

/** How long lines are read before other work gets its turn. */
const SLICE_MS = 8;

/** Hands over a page line by line. false: the page was longer than allowed and was not read to its end. */
export async function readLines(
  body: ReadableStream<Uint8Array> | null,
  onLine: (line: string | null) => void,
  bytesMax: number,
): Promise<boolean> {
  if (body === null) return true;
  const lines = splitLines(onLine);
  let bytes = 0;
  let sliceStart = performance.now();
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) return false;
    lines.push(chunk);
    if (performance.now() - sliceStart < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    sliceStart = performance.now();
  }
  lines.end();
  return true;
}
