/** Longer than any series a broker publishes; a longer line is skipped, so that a page without line ends costs no memory. */
const LINE_LENGTH_MAX = 64 * 1024;

export interface LineSplitter {
  /** Takes the next bytes of the page. */
  push: (chunk: Uint8Array) => void;
  /** Hands over the last line, which may lack its line end. */
  end: () => void;
}

/** Cuts a page that arrives in pieces into lines. A line that is too long is handed over as `null`. */
export function splitLines(onLine: (line: string | null) => void): LineSplitter {
  const decoder = new TextDecoder();
  let rest = "";
  let skipping = false;

  function take(text: string): void {
    let from = 0;
    for (let to = text.indexOf("\n"); to !== -1; to = text.indexOf("\n", from)) {
      const piece = text.slice(from, to);
      if (skipping) skipping = false;
      else onLine(rest === "" ? piece : rest + piece);
      rest = "";
      from = to + 1;
    }
    if (skipping) return;
    rest += text.slice(from);
    if (rest.length <= LINE_LENGTH_MAX) return;
    skipping = true;
    rest = "";
    onLine(null);
  }

  return {
    push: (chunk) => take(decoder.decode(chunk, { stream: true })),
    end: () => {
      take(decoder.decode());
      if (rest !== "") onLine(rest);
      rest = "";
    },
  };
}
