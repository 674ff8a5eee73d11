import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import type { ErrorDetail } from "@/lib/domain/errors";
import { pauses } from "@/lib/operations/pauses";
import type { Chunk, Section } from "./chunk";
import { splitBlockYaml } from "./split-block";
import { splitJson } from "./split-json";

/** More than this in one piece would hold up every other request while it is read. */
const PIECE_CHARACTERS_MAX = 1_000_000;

export const PROBLEMS_MAX = 200;

/** A text that was read as YAML 1.2 (JSON included), with a way back from a value to its line. */
export interface YamlFile {
  value: unknown;
  /** What is not YAML, with lines; at most 200. While there is any, `value` is not to be used. */
  problems: ErrorDetail[];
  /** Line, from 1, of the value at a path, or of what is there of the path. */
  lineOf: (path: readonly PropertyKey[]) => number;
}

/**
 * Reads strictly: no duplicate keys, no aliases (which can blow up a small file), no tags. Keys are text. A long file is read in
 * runs of entries, and other work goes on between them.
 */
export async function readYaml(text: string): Promise<YamlFile> {
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const sections = /^\s*\{/.test(plain) ? splitJson(plain) : splitBlockYaml(plain);
  return sections === null ? readWhole(plain) : readSections(sections);
}

function readWhole(text: string): YamlFile {
  if (text.length > PIECE_CHARACTERS_MAX) return tooLarge(1);
  const chunk = { text, line: 1, firstIndex: 0 };
  return { ...readChunk(chunk), lineOf: (path) => lineInChunk(chunk, path, rememberLast(parse)) };
}

async function readSections(sections: readonly Section[]): Promise<YamlFile> {
  const value: Record<string, unknown> = {};
  const problems: ErrorDetail[] = [];
  const pause = pauses();
  for (const section of sections) {
    if (Object.hasOwn(value, section.key)) problems.push({ path: section.key, message: "is there twice", line: section.line });
    const entries: unknown[] = [];
    for (const chunk of section.chunks) {
      const read = chunk.text.length > PIECE_CHARACTERS_MAX ? tooLarge(chunk.line) : readChunk(chunk);
      problems.push(...read.problems);
      if (problems.length >= PROBLEMS_MAX) break;
      if (!section.isList) Object.assign(value, read.value);
      else if (Array.isArray(read.value)) for (const entry of read.value) entries.push(entry);
      await pause();
    }
    if (section.isList) value[section.key] = entries;
  }
  const read = rememberLast(parse);
  return { value, problems: problems.slice(0, PROBLEMS_MAX), lineOf: (path) => lineInSections(sections, path, read) };
}

function tooLarge(line: number): YamlFile {
  const message = "is more than 1 MB in one piece: write top-level fields and the entries of their lists on lines of their own";
  return { value: undefined, problems: [{ path: "", message, line }], lineOf: () => line };
}

type ReadChunk = (chunk: Chunk) => { document: Document; lines: LineCounter };

/** Lines are looked up one after the other, and neighbours lie in one chunk. */
function rememberLast(read: ReadChunk): ReadChunk {
  let last: { chunk: Chunk; result: ReturnType<ReadChunk> } | undefined;
  return (chunk) => {
    if (last?.chunk !== chunk) last = { chunk, result: read(chunk) };
    return last.result;
  };
}

function parse(chunk: Chunk): ReturnType<ReadChunk> {
  const lines = new LineCounter();
  const document = parseDocument(chunk.text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  return { document, lines };
}

function readChunk(chunk: Chunk): Pick<YamlFile, "value" | "problems"> {
  try {
    const { document, lines } = parse(chunk);
    const problems = [...document.errors, ...document.warnings].slice(0, PROBLEMS_MAX).map((error) => ({
      path: "",
      message: sentenceOf(error.message),
      line: chunk.line - 1 + lines.linePos(error.pos[0]).line,
    }));
    if (problems.length > 0) return { value: undefined, problems };
    const alias = findAlias(document);
    if (alias !== null) return { value: undefined, problems: [aliasProblem(chunk.line - 1 + lines.linePos(alias).line)] };
    return { value: document.toJS({ maxAliasCount: 0 }), problems };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { value: undefined, problems: [{ path: "", message: "is nested too deeply", line: chunk.line }] };
  }
}

function sentenceOf(message: string): string {
  return message.replace(/\s+/g, " ").slice(0, 300);
}

function findAlias(document: Document): number | null {
  let found: number | null = null;
  visit(document, {
    Alias(_key, node) {
      found = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

function aliasProblem(line: number): ErrorDetail {
  return { path: "", message: "anchors and aliases are not read: write the value out", line };
}

function lineInSections(sections: readonly Section[], path: readonly PropertyKey[], read: ReadChunk): number {
  const [key, index, ...rest] = path;
  const section = sections.find((candidate) => candidate.key === key);
  if (section === undefined) return 1;
  if (!section.isList) return lineInChunk(section.chunks[0], path, read);
  if (typeof index !== "number") return section.line;
  const chunk = section.chunks.findLast((candidate) => candidate.firstIndex <= index);
  return chunk === undefined ? section.line : lineInChunk(chunk, [index - chunk.firstIndex, ...rest], read);
}

function lineInChunk(chunk: Chunk | undefined, path: readonly PropertyKey[], read: ReadChunk): number {
  if (chunk === undefined) return 1;
  const { document, lines } = read(chunk);
  let node: unknown = document.contents;
  let offset = 0;
  for (const part of path) {
    const step = stepInto(node, part);
    if (step === null) break;
    node = step.node;
    offset = step.offset ?? offset;
  }
  return chunk.line - 1 + lines.linePos(offset).line;
}

function stepInto(node: unknown, part: PropertyKey): { node: unknown; offset: number | undefined } | null {
  if (isSeq(node) && typeof part === "number" && part < node.items.length) {
    const item = node.items[part];
    return { node: item, offset: rangeStart(item) };
  }
  if (!isMap(node)) return null;
  const pair = node.items.find((candidate) => isScalar(candidate.key) && candidate.key.value === part);
  return pair === undefined ? null : { node: pair.value, offset: rangeStart(pair.key) };
}

function rangeStart(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
}
