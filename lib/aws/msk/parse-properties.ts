/**
 * A broker configuration as MSK keeps it: Java properties. Reads `key=value`, `key: value` and `key value`, comments, lines that go on
 * after a backslash, and the escapes of Java's format.
 */
export function parseProperties(text: string): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const line of logicalLines(text)) {
    const [, key, value] = /^((?:\\.|[^\\:=\s])+)\s*[:=]?\s*(.*)$/s.exec(line) ?? [];
    if (key !== undefined && value !== undefined) properties[withoutEscapes(key)] = withoutEscapes(value).trimEnd();
  }
  return properties;
}

function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let begun = "";
  for (const raw of text.split(/\r\n|\n|\r/)) {
    const line = raw.trimStart();
    if (begun === "" && (line === "" || line.startsWith("#") || line.startsWith("!"))) continue;
    const goesOn = /(^|[^\\])(\\\\)*\\$/.test(line);
    begun += goesOn ? line.slice(0, -1) : line;
    if (goesOn) continue;
    lines.push(begun);
    begun = "";
  }
  return begun === "" ? lines : [...lines, begun];
}

const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t", f: "\f" };

function withoutEscapes(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, escaped: string) =>
    escaped.length === 5 ? String.fromCharCode(Number.parseInt(escaped.slice(1), 16)) : (ESCAPES[escaped] ?? escaped),
  );
}
