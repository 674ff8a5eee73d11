import { CHUNK_CHARACTERS, type Chunk, type Section } from "./chunk";

/**
 * Cuts a JSON object into its fields, and lists into runs of entries, without reading them. null: not an object, or brackets
 * and quotes do not pair up.
 */
export function splitJson(text: string): Section[] | null {
  const sections: Section[] = [];
  const scan = new JsonScan(text);
  scan.blank();
  if (!scan.take("{")) return null;
  scan.blank();
  if (scan.take("}")) return scan.blank() && scan.done() ? [] : null;
  do {
    scan.blank();
    const field = fieldOf(scan, text);
    if (field === null) return null;
    sections.push(field);
    scan.blank();
  } while (scan.take(","));
  return scan.take("}") && scan.blank() && scan.done() ? sections : null;
}

function fieldOf(scan: JsonScan, text: string): Section | null {
  const { at: start, line } = scan;
  if (!scan.value()) return null;
  const key = parseKey(text.slice(start, scan.at));
  scan.blank();
  if (key === null || !scan.take(":")) return null;
  scan.blank();
  if (text[scan.at] === "[") {
    const chunks = entriesOf(scan, text);
    return chunks === null ? null : { key, line, isList: true, chunks };
  }
  if (!scan.value()) return null;
  return { key, line, isList: false, chunks: [{ text: `{${text.slice(start, scan.at)}}`, line, firstIndex: 0 }] };
}

function parseKey(text: string): string | null {
  if (!text.startsWith('"')) return null;
  try {
    return String(JSON.parse(text));
  } catch {
    return null;
  }
}

function entriesOf(scan: JsonScan, text: string): Chunk[] | null {
  const chunks: { start: number; end: number; line: number; firstIndex: number }[] = [];
  scan.take("[");
  scan.blank();
  if (scan.take("]")) return [];
  let index = 0;
  do {
    scan.blank();
    const { at: start, line } = scan;
    if (!scan.value()) return null;
    const current = chunks.at(-1);
    if (current === undefined || start - current.start >= CHUNK_CHARACTERS) chunks.push({ start, end: scan.at, line, firstIndex: index });
    else current.end = scan.at;
    index += 1;
    scan.blank();
  } while (scan.take(","));
  if (!scan.take("]")) return null;
  return chunks.map(({ start, end, line, firstIndex }) => ({ text: `[${text.slice(start, end)}]`, line, firstIndex }));
}

/** A place in a JSON text that can step over whole values, counting lines. */
class JsonScan {
  at = 0;
  line = 1;
  constructor(private readonly text: string) {}

  done(): boolean {
    return this.at >= this.text.length;
  }

  take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  /** Steps over white space; always true, so that it can stand in a condition. */
  blank(): boolean {
    for (; this.at < this.text.length; this.at += 1) {
      const code = this.text.charCodeAt(this.at);
      if (code === 10) this.line += 1;
      else if (code !== 32 && code !== 9 && code !== 13) break;
    }
    return true;
  }

  /** Steps over a string, a list, an object or a word. */
  value(): boolean {
    const start = this.at;
    let depth = 0;
    for (; this.at < this.text.length; this.at += 1) {
      const character = this.text[this.at];
      if (character === '"') {
        if (!this.string()) return false;
        if (depth === 0) {
          this.at += 1;
          return true;
        }
      } else if (character === "{" || character === "[") depth += 1;
      else if (character === "}" || character === "]") {
        if (depth === 0) return this.at > start;
        depth -= 1;
        if (depth === 0) {
          this.at += 1;
          return true;
        }
      } else if (character === "\n") this.line += 1;
      else if (depth === 0 && (character === "," || character === ":" || character === " ")) return this.at > start;
    }
    return depth === 0 && this.at > start;
  }

  /** From an opening quote to the closing one. */
  private string(): boolean {
    for (this.at += 1; this.at < this.text.length; this.at += 1) {
      const character = this.text[this.at];
      if (character === "\\") this.at += 1;
      else if (character === '"') return true;
      else if (character === "\n") return false;
    }
    return false;
  }
}
