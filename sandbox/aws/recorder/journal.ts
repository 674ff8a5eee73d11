import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { NewPoint, Sample, SeriesStore, Unit } from "@/sandbox/aws/cloudwatch/series-store";

/**
 * Minutes in files, one a day, only ever appended to: a line that names a series when it first comes up, and one line for each minute.
 * A line cut off by a crash is passed over.
 */
export interface Journal {
  append: (points: NewPoint[]) => void;
  /** Reads everything back into a store. */
  restore: (store: SeriesStore) => void;
  /** Deletes the files of days that ended before a time. */
  forget: (beforeMs: number) => void;
}

type SeriesLine = ["s", number, string, string, Record<string, string>, Unit];
type MinuteLine = ["m", number, [number, Sample][]];

const DAY_MS = 86_400_000;
const FILE = /^minutes-(\d{4}-\d\d-\d\d)\.jsonl$/;

export function createJournal(dir: string): Journal {
  mkdirSync(dir, { recursive: true });
  /** Numbers of the series that the current file names already. */
  let named = new Map<string, number>();
  let current = "";

  const filesOf = () =>
    readdirSync(dir)
      .filter((name) => FILE.test(name))
      .toSorted();
  const open = (atMs: number) => {
    const file = join(dir, `minutes-${new Date(atMs).toISOString().slice(0, 10)}.jsonl`);
    if (file === current) return;
    named = existsSync(file) ? numbersIn(file) : new Map();
    current = file;
    // What a crash left unfinished must not swallow the next line.
    if (existsSync(file)) appendFileSync(file, "\n");
  };
  const lineOf = (points: NewPoint[]): string => {
    const lines: string[] = [];
    const samples = points.map(({ scope, metric, dimensions, unit, sample }): [number, Sample] => {
      const key = JSON.stringify([scope, metric, dimensions]);
      const known = named.get(key) ?? named.size;
      if (!named.has(key)) lines.push(JSON.stringify(["s", known, scope, metric, dimensions, unit] satisfies SeriesLine));
      named.set(key, known);
      return [known, sample];
    });
    const atMs = points[0]?.atMs ?? 0;
    return `${[...lines, JSON.stringify(["m", atMs, samples] satisfies MinuteLine)].join("\n")}\n`;
  };

  return {
    append: (points) => {
      for (const [atMs, ofMinute] of Map.groupBy(points, (point) => point.atMs)) {
        open(atMs);
        appendFileSync(current, lineOf(ofMinute));
      }
    },
    restore: (store) => {
      for (const file of filesOf()) restoreFile(join(dir, file), store);
    },
    forget: (beforeMs) => {
      for (const file of filesOf()) {
        const startMs = Date.parse(FILE.exec(file)?.[1] ?? "");
        if (startMs + DAY_MS <= beforeMs) rmSync(join(dir, file));
      }
    },
  };
}

function linesIn(file: string): (SeriesLine | MinuteLine)[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        return line === "" ? [] : [JSON.parse(line)];
      } catch {
        return [];
      }
    });
}

function numbersIn(file: string): Map<string, number> {
  const names = linesIn(file).flatMap((line): [string, number][] =>
    line[0] === "s" ? [[JSON.stringify([line[2], line[3], line[4]]), line[1]]] : [],
  );
  return new Map(names);
}

function restoreFile(file: string, store: SeriesStore): void {
  const names = new Map<number, Omit<NewPoint, "atMs" | "sample">>();
  for (const line of linesIn(file)) {
    if (line[0] === "s") {
      const [, number, scope, metric, dimensions, unit] = line;
      names.set(number, { scope, metric, dimensions, unit });
      continue;
    }
    for (const [number, sample] of line[2]) {
      const name = names.get(number);
      if (name !== undefined) store.add({ ...name, atMs: line[1], sample });
    }
  }
}
