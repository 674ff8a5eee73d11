import { AppError } from "@/lib/domain/errors";
import type { MskKind } from "@/lib/domain/msk-facts";
import { parseByteRate, parseDurationMs } from "@/lib/domain/units";
import { type Needs, NO_NEEDS, PLAIN_NEEDS, type PlainNeed, type StreamNeeds } from "./needs";

const KINDS: readonly MskKind[] = ["standard", "express", "serverless"];
const STREAMS_MAX = 8;
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

/**
 * Needs as an address carries them: streams apart by `;`, a stream's name before a colon, its terms apart by commas:
 * `payments:key,forget=7d,in=2MB/s;clicks:replay`. Throws AppError `invalid` with what could be written.
 */
export function parseNeeds(text: string): StreamNeeds[] {
  const parts = text.split(";").filter((part) => part.trim() !== "");
  if (parts.length > STREAMS_MAX) throw wrong(`at most ${STREAMS_MAX} streams`);
  const streams = parts.map(parseStream);
  const names = streams.map(({ name }) => name);
  if (new Set(names).size < names.length) throw wrong("each stream needs a name of its own");
  return streams.length === 0 ? [{ name: "", needs: NO_NEEDS }] : streams;
}

function parseStream(part: string): StreamNeeds {
  const colon = part.indexOf(":");
  const name = colon === -1 ? "" : part.slice(0, colon).trim();
  if (name !== "" && !NAME.test(name)) throw wrong(`"${name}" is no name of a stream; write for example payments:key`);
  let needs: Needs = NO_NEEDS;
  for (const term of part.slice(colon + 1).split(",")) if (term.trim() !== "") needs = withTerm(needs, term.trim());
  return { name, needs };
}

function withTerm(needs: Needs, term: string): Needs {
  if (isPlain(term)) return needs.plain.includes(term) ? needs : { ...needs, plain: [...needs.plain, term] };
  const [key = "", value = ""] = term.split("=", 2);
  switch (key) {
    case "forget":
      return { ...needs, forgetWithinMs: amount(term, parseDurationMs(value), "forget=30d") };
    case "in":
      return { ...needs, produceBytesPerSecond: amount(term, parseByteRate(value), "in=5MB/s") };
    case "out":
      return { ...needs, consumeBytesPerSecond: amount(term, parseByteRate(value), "out=10MB/s") };
    case "types":
      return { ...needs, eventTypes: count(term, value, "types=4") };
    case "tenants":
      return { ...needs, tenants: count(term, value, "tenants=30") };
    case "budget":
      return { ...needs, budgetPerMonth: count(term, value, "budget=500") };
    case "on": {
      const kind = KINDS.find((one) => one === value);
      if (kind === undefined) throw wrong(`"${term}" is not known; write on=standard, on=express or on=serverless`);
      return { ...needs, kind };
    }
    default:
      throw wrong(
        `"${term}" is not known; a need is one of ${Object.keys(PLAIN_NEEDS).join(", ")}, forget=, in=, out=, types=, tenants=, budget=, on=`,
      );
  }
}

function isPlain(term: string): term is PlainNeed {
  return Object.hasOwn(PLAIN_NEEDS, term);
}

function amount(term: string, value: number | null, example: string): number {
  if (value === null || value <= 0) throw wrong(`"${term}" cannot be read; write for example ${example}`);
  return value;
}

function count(term: string, value: string, example: string): number {
  const number = Number(value);
  return amount(term, Number.isInteger(number) && number < 1e9 ? number : null, example);
}

function wrong(message: string): AppError {
  return new AppError("invalid", `needs: ${message}`, { details: [{ path: "needs", message }] });
}

/** The same needs always give the same text. */
export function formatNeeds(streams: readonly StreamNeeds[]): string {
  return streams.map(({ name, needs }) => `${name === "" ? "" : `${name}:`}${termsOf(needs).join(",")}`).join(";");
}

function termsOf({ plain, forgetWithinMs, produceBytesPerSecond, consumeBytesPerSecond, ...rest }: Needs): string[] {
  const terms: string[] = (Object.keys(PLAIN_NEEDS) as PlainNeed[]).filter((need) => plain.includes(need));
  if (forgetWithinMs !== undefined) terms.push(`forget=${durationText(forgetWithinMs)}`);
  if (produceBytesPerSecond !== undefined) terms.push(`in=${produceBytesPerSecond}B/s`);
  if (consumeBytesPerSecond !== undefined) terms.push(`out=${consumeBytesPerSecond}B/s`);
  if (rest.eventTypes !== undefined) terms.push(`types=${rest.eventTypes}`);
  if (rest.tenants !== undefined) terms.push(`tenants=${rest.tenants}`);
  if (rest.budgetPerMonth !== undefined) terms.push(`budget=${rest.budgetPerMonth}`);
  if (rest.kind !== undefined) terms.push(`on=${rest.kind}`);
  return terms;
}

function durationText(ms: number): string {
  if (ms % 86_400_000 === 0) return `${ms / 86_400_000}d`;
  return ms % 3_600_000 === 0 ? `${ms / 3_600_000}h` : `${ms}ms`;
}
