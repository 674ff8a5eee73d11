import { CHUNK_CHARACTERS, type Section } from "./chunk";

interface Line {
  start: number;
  end: number;
  number: number;
}

const FIELD = /^([A-Za-z][\w-]*):(?:[ \t]+(.*))?$/;
const BLANK = /^\s*(#.*)?$/;
const ENTRY = /^( *)-(?:\s|$)/;

/**
 * Cuts a YAML file in block style into its top-level fields, and lists into runs of entries. Sound because YAML lets no text of
 * an entry (block scalars and broken lines included) start as far left as the entry's own dash. null: not of that shape.
 */
export function splitBlockYaml(text: string): Section[] | null {
  const sections: { key: string; rest: string; lines: Line[] }[] = [];
  for (const line of linesOf(text)) {
    const content = text.slice(line.start, Math.min(line.end, line.start + 400)).replace(/[\r\n]+$/, "");
    const current = sections.at(-1);
    const field = FIELD.exec(content);
    if (field?.[1] !== undefined) sections.push({ key: field[1], rest: field[2] ?? "", lines: [line] });
    else if (current !== undefined && (/^[ #]/.test(content) || content === "" || ENTRY.test(content))) current.lines.push(line);
    else if (current !== undefined || !(BLANK.test(content) || content === "---")) return null;
  }
  return sections.length === 0 ? null : sections.map(({ key, rest, lines }) => sectionOf(text, key, rest, lines));
}

function* linesOf(text: string): Generator<Line> {
  for (let start = 0, number = 1; start < text.length; number += 1) {
    const feed = text.indexOf("\n", start);
    const end = feed === -1 ? text.length : feed + 1;
    yield { start, end, number };
    start = end;
  }
}

function sectionOf(text: string, key: string, rest: string, lines: Line[]): Section {
  const [head, ...body] = lines;
  const first = body.findIndex((line) => !BLANK.test(text.slice(line.start, line.end).trimEnd()));
  const indent = BLANK.test(rest) ? entryIndent(text, body[first]) : null;
  const line = head?.number ?? 1;
  if (indent === null) {
    const whole = { text: text.slice(head?.start ?? 0, lines.at(-1)?.end), line, firstIndex: 0 };
    return { key, line, isList: false, chunks: [whole] };
  }
  return { key, line, isList: true, chunks: chunksOf(text, body.slice(first), indent) };
}

function entryIndent(text: string, line: Line | undefined): number | null {
  if (line === undefined) return null;
  return ENTRY.exec(text.slice(line.start, line.end))?.[1]?.length ?? null;
}

function chunksOf(text: string, lines: Line[], indent: number): Section["chunks"] {
  const chunks: { start: number; end: number; line: number; firstIndex: number }[] = [];
  let index = 0;
  for (const line of lines) {
    const current = chunks.at(-1);
    const isEntry = text[line.start + indent] === "-" && ENTRY.exec(text.slice(line.start, line.end))?.[1]?.length === indent;
    if (current === undefined || (isEntry && line.start - current.start >= CHUNK_CHARACTERS)) {
      chunks.push({ start: line.start, end: line.end, line: line.number, firstIndex: index });
    } else current.end = line.end;
    if (isEntry) index += 1;
  }
  return chunks.map(({ start, end, line, firstIndex }) => ({ text: text.slice(start, end), line, firstIndex }));
}
