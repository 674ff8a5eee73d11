/**
 * The head of a CSV text and the records whose first cell is wanted. A quoted cell may hold line ends. The records stay as they are.
 */
export function pickCsv(text: string, isWanted: (first: string) => boolean): string {
  const [head = "", ...records] = recordsOf(text);
  return [head, ...records.filter((record) => isWanted(firstCell(record)))].join("\r\n").concat("\r\n");
}

function recordsOf(text: string): string[] {
  const records: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at <= text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') quoted = !quoted;
    if (sign !== undefined && (quoted || sign !== "\n")) continue;
    const record = text.slice(start, at).replace(/\r$/, "");
    if (record !== "") records.push(record);
    start = at + 1;
  }
  return records;
}

function firstCell(record: string): string {
  const [, quoted, bare = ""] = /^(?:"((?:[^"]|"")*)"|([^,]*))/.exec(record) ?? [];
  return quoted === undefined ? bare : quoted.replaceAll('""', '"');
}
