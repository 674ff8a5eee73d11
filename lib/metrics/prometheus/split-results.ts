/** More than one series with its points needs; a longer one is no answer of Prometheus. */
const ITEM_LENGTH_MAX = 16 * 1024 * 1024;
/** An answer's object, its data, its list of results, a result. */
const ITEM_DEPTH = 4;

export interface ResultSplitter {
  push: (chunk: Uint8Array) => void;
  /** Whether the answer was whole; its results are no use otherwise. */
  end: () => boolean;
}

/**
 * Hands over the results of an answer of Prometheus's query API one by one while it arrives, because an answer of a hundred thousand
 * series, parsed at once, holds everything else up. Throws where a result is no JSON or has no end.
 */
export function splitResults(onResult: (result: unknown) => void): ResultSplitter {
  const decoder = new TextDecoder();
  let item = "";
  let depth = 0;
  let inString = false;
  let escaped = false;
  let begun = false;

  function take(text: string): void {
    let from = depth >= ITEM_DEPTH ? 0 : -1;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (inString) {
        if (escaped) escaped = false;
        else if (code === 0x5c) escaped = true;
        else if (code === 0x22) inString = false;
      } else if (code === 0x22) inString = true;
      else if (code === 0x7b || code === 0x5b) {
        begun = true;
        if (++depth === ITEM_DEPTH) from = at;
      } else if (code === 0x7d || code === 0x5d) {
        if (depth-- !== ITEM_DEPTH) continue;
        const whole = item + text.slice(from, at + 1);
        item = "";
        from = -1;
        // A list at this depth is a single number's [time, value], which is no series.
        if (whole.startsWith("{")) onResult(JSON.parse(whole));
      }
    }
    if (from === -1) return;
    item += text.slice(from);
    if (item.length > ITEM_LENGTH_MAX) throw new Error("a result without an end");
  }

  return {
    push: (chunk) => take(decoder.decode(chunk, { stream: true })),
    end: () => {
      take(decoder.decode());
      return begun && depth === 0 && !inString;
    },
  };
}
