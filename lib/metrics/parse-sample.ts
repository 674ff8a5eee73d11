/** One line of the Prometheus text format. */
export interface Sample {
  name: string;
  labels: Map<string, string>;
  value: number;
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const ESCAPED = /\\(.)/g;
const SPACE = 0x20;
const TAB = 0x09;
const COMMA = 0x2c;

/** The metric's name, which is all that most lines of a page need; it ends at the brace or the first space. */
export function sampleName(line: string): string | null {
  const brace = line.indexOf("{");
  const space = line.search(/[ \t]/);
  const end = brace === -1 || (space !== -1 && space < brace) ? space : brace;
  return end > 0 ? line.slice(0, end) : null;
}

export function isMetricName(name: string): boolean {
  return NAME.test(name);
}

/** Reads the rest of a line after the metric's name. null: it is no sample. */
export function parseSample(line: string, name: string): Sample | null {
  const labels = new Map<string, string>();
  let at = skipBlank(line, name.length);
  if (line[at] === "{") {
    const end = readLabels(line, at + 1, labels);
    if (end === null) return null;
    at = skipBlank(line, end);
  }
  const end = line.slice(at).search(/\s/);
  const value = parseNumber(end === -1 ? line.slice(at) : line.slice(at, at + end));
  return value === null ? null : { name, labels, value };
}

/**
 * Fills `labels` and answers where the value begins; null: not well formed. A comma after the last label is tolerated, because
 * the JMX exporter writes one.
 */
function readLabels(line: string, from: number, labels: Map<string, string>): number | null {
  for (let at = skipBlank(line, from); ; ) {
    if (line[at] === "}") return at + 1;
    const equals = line.indexOf("=", at);
    if (equals === -1) return null;
    const open = skipBlank(line, equals + 1);
    if (line[open] !== '"') return null;
    const close = closingQuote(line, open + 1);
    if (close === -1) return null;
    const value = line.slice(open + 1, close);
    labels.set(line.slice(at, equals).trimEnd(), value.includes("\\") ? withoutEscapes(value) : value);
    at = skipBlank(line, close + 1);
    if (line.charCodeAt(at) === COMMA) at = skipBlank(line, at + 1);
    else if (line[at] !== "}") return null;
  }
}

function withoutEscapes(value: string): string {
  return value.replace(ESCAPED, (_, char: string) => (char === "n" ? "\n" : char));
}

function closingQuote(line: string, from: number): number {
  for (let quote = line.indexOf('"', from); quote !== -1; quote = line.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (line[quote - 1 - backslashes] === "\\" && quote - backslashes > from) backslashes++;
    if (backslashes % 2 === 0) return quote;
  }
  return -1;
}

function skipBlank(line: string, from: number): number {
  let at = from;
  while (line.charCodeAt(at) === SPACE || line.charCodeAt(at) === TAB) at++;
  return at;
}

/** A value as the text format and Prometheus's API write it, NaN and infinities included. null: it is no number. */
export function parseNumber(text: string): number | null {
  const value = Number(text);
  if (!Number.isNaN(value) && text !== "") return value;
  const word = /^([+-]?)(nan|inf|infinity)$/i.exec(text);
  if (word === null) return null;
  if (word[2]?.toLowerCase() === "nan") return Number.NaN;
  return word[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
