import type { z } from "zod";
import { type LocatedIssue, locateIssues } from "@/lib/domain/issues";
import { ServicePrincipal } from "@/lib/domain/principal";
import type { DeclaredRegistry } from "@/lib/domain/registry-check/check-registry";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import { pauses } from "@/lib/operations/pauses";

const LISTS = ["tiers", "tenants", "services"];

/**
 * A file's values as declarations, each entry by its schema, in slices. While there are issues, what was declared is not to be used.
 */
export async function parseRegistry(value: unknown, issuesMax: number): Promise<{ declared: DeclaredRegistry; issues: LocatedIssue[] }> {
  const issues: LocatedIssue[] = [];
  const file = fieldsOf(value, issues);
  const read = async <S extends z.ZodType>(list: string, schema: S): Promise<z.output<S>[]> =>
    parseList(file[list], list, schema, issues, issuesMax);
  const declared = {
    tiers: await read("tiers", Tier),
    tenants: await read("tenants", Tenant),
    services: await read("services", ServicePrincipal),
  };
  return { declared, issues: issues.slice(0, issuesMax) };
}

function fieldsOf(value: unknown, issues: LocatedIssue[]): Record<string, unknown> {
  const fields = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  if (fields.length === 0) issues.push({ path: [], message: `must have at least one of the lists ${LISTS.join(", ")}` });
  for (const [name] of fields) if (!LISTS.includes(name)) issues.push({ path: [name], message: "is not a known field" });
  return Object.fromEntries(fields);
}

async function parseList<S extends z.ZodType>(
  value: unknown,
  list: string,
  schema: S,
  issues: LocatedIssue[],
  issuesMax: number,
): Promise<z.output<S>[]> {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    issues.push({ path: [list], message: "must be a list" });
    return [];
  }
  const pause = pauses();
  const parsed: z.output<S>[] = [];
  for (const [at, entry] of value.entries()) {
    if (issues.length >= issuesMax) break;
    issues.push(...badTexts(entry, [list, at]));
    const result = schema.safeParse(entry);
    if (result.success) parsed.push(result.data);
    else issues.push(...locateIssues(result.error.issues, [list, at]));
    await pause();
  }
  return parsed;
}

/** Text that PostgreSQL cannot hold: null characters, halves of surrogate pairs. */
function badTexts(value: unknown, path: PropertyKey[]): LocatedIssue[] {
  if (typeof value === "string") {
    if (value.includes("\0")) return [{ path, message: "must not contain a null character" }];
    return value.isWellFormed() ? [] : [{ path, message: "is not well-formed Unicode" }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => badTexts(inner, [...path, Array.isArray(value) ? Number(name) : name]));
}
