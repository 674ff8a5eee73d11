/** One condition on a label: its value is one of these, or (`not`) is none of them. An empty value is a label that is not there. */
export interface Matcher {
  label: string;
  values: readonly string[];
  not?: true;
}

/** A series' name with conditions on its labels, as PromQL writes it. Any name or value is safe in it. */
export function selector(series: string, matchers: readonly Matcher[]): string {
  return `${series}{${matchers.map(matcher).join(",")}}`;
}

/** Series of any of these names. */
export function anyOf(names: readonly string[], matchers: readonly Matcher[]): string {
  return selector("", [{ label: "__name__", values: names }, ...matchers]);
}

/** The labels of a connection as conditions. */
export function matchersOf(labels: Record<string, string>): Matcher[] {
  return Object.entries(labels).map(([label, value]) => ({ label, values: [value] }));
}

function matcher({ label, values, not }: Matcher): string {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return `${label}${not ? "!=" : "="}${quoted(only)}`;
  return `${label}${not ? "!~" : "=~"}${quoted(values.map(literal).join("|"))}`;
}

/** PromQL strings are escaped as Go's are. */
function quoted(text: string): string {
  const escaped = text.replace(/[\\"\n\r]/g, (char) => (char === "\n" ? "\\n" : char === "\r" ? "\\r" : `\\${char}`));
  return `"${escaped}"`;
}

/** Prometheus anchors its expressions (RE2), so a text without special characters matches just itself. */
function literal(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}
