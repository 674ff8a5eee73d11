import { appendFileSync } from "node:fs";
import { loadavg } from "node:os";
import { REFERENCE_TOPICS, TOPICS } from "@/scripts/lib/bench-size.mjs";

/** One line of the table. */
export interface Row {
  what: string;
  at: string;
  figure: string;
  /** What the figure is compared with in the same run. */
  reference: string;
  reach: string;
  met: boolean;
  /** A gate that is not met makes the bench fail. */
  gate?: true;
}

/** Hands a line to the bench, in the file BENCH_RESULTS, with the machine's load of the last minute. */
export function report(row: Row): void {
  // A figure of another size says nothing about the reach; a gate holds at every size.
  const met = TOPICS === REFERENCE_TOPICS || row.gate === true ? row.met : null;
  const line = JSON.stringify({ ...row, met, load: loadavg()[0]?.toFixed(1) ?? "" });
  const file = process.env.BENCH_RESULTS;
  if (file === undefined) console.log(line);
  else appendFileSync(file, `${line}\n`);
}

/** The value of a setting that the bench hands to its parts. */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set: parts are started by npm run bench`);
  return value;
}

export const quick = () => process.env.BENCH_QUICK === "1";
