/** A line of an exporter's page. */
export interface Measurement {
  labels: Readonly<Record<string, string>>;
  value: number;
}

export type ExporterPage = Map<string, Measurement[]>;

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Reads the text format of Prometheus. Lines that are none of it are passed over. */
export function parseExporterPage(text: string): ExporterPage {
  const page: ExporterPage = new Map();
  for (const line of text.split("\n")) {
    const [, name, labels = "", value] = line.startsWith("#") ? [] : (LINE.exec(line.trim()) ?? []);
    if (name === undefined || value === undefined) continue;
    const known = page.get(name) ?? [];
    known.push({ labels: labelsOf(labels), value: numberOf(value) });
    page.set(name, known);
  }
  return page;
}

function labelsOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(LABEL)].map(([, name = "", value = ""]) => [
    name,
    value.replace(/\\(.)/g, (_, c) => (c === "n" ? "\n" : c)),
  ]);
  return Object.fromEntries(pairs);
}

function numberOf(text: string): number {
  if (text === "+Inf") return Number.POSITIVE_INFINITY;
  return text === "-Inf" ? Number.NEGATIVE_INFINITY : Number(text);
}

/** The measurements of a name whose labels have these values. */
export function measured(page: ExporterPage, name: string, labels: Record<string, string> = {}): Measurement[] {
  const wanted = Object.entries(labels);
  return (page.get(name) ?? []).filter((candidate) => wanted.every(([label, value]) => candidate.labels[label] === value));
}

/** One value that may be missing; what is no number is missing too. */
export function numberAt(page: ExporterPage, name: string, labels: Record<string, string> = {}): number | undefined {
  const value = measured(page, name, labels)[0]?.value;
  return value === undefined || Number.isNaN(value) ? undefined : value;
}
