import { AppError, isAppError } from "@/lib/domain/errors";
import type { WithoutOthers } from "@/lib/domain/people/without-others";
import type { Context } from "./context";

/** Fields that hold a name, whatever it looks like. */
const NAMING = /^(?:tenant|principal|user|client|group|topic|owner|name|title|subject|who|affects)/i;
/** Errors in the console's own words. What others say may be what was asked: to take a name out would tell that there is one. */
const OWN_WORDS = new Set(["conflict", "forbidden", "unavailable"]);

/** An answer as somebody may have it whose role is limited: what it says of tenants outside is said without their names. */
export function unnamed<T>({ withoutOthers }: Pick<Context, "withoutOthers">, answer: T): T {
  return withoutOthers === undefined ? answer : (said(answer, withoutOthers, false) as T);
}

function said(value: unknown, without: WithoutOthers, isName: boolean): unknown {
  if (typeof value === "string") return without(value, isName || /[\s|"]/.test(value) ? "prose" : "value");
  if (Array.isArray(value)) return value.map((one) => said(one, without, isName));
  if (typeof value !== "object" || value === null) return value;
  const written = "by" in value || "actor" in value;
  const fields = Object.entries(value).map(([name, inner]) => {
    // What a person wrote is theirs to say.
    if (name === "reason" && written) return [name, inner];
    return [name, said(inner, without, isName || name === "evidence" || (isText(inner) && NAMING.test(name)))];
  });
  return Object.fromEntries(fields);
}

function isText(value: unknown): boolean {
  return typeof value === "string" || (Array.isArray(value) && value.every((one) => typeof one === "string"));
}

/** What went wrong, said in the same way. */
export function unnamedError(context: Pick<Context, "withoutOthers">, error: unknown): unknown {
  if (context.withoutOthers === undefined || !isAppError(error) || !OWN_WORDS.has(error.code)) return error;
  return new AppError(error.code, unnamed(context, error.message), { details: unnamed(context, error.details), cause: error });
}
