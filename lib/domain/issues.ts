import type { z } from "zod";
import type { ErrorDetail } from "./errors";

type Issue = z.core.$ZodIssue;

/** What is wrong at one place of an input; the path is kept in parts, so that a line of a file can be found for it. */
export interface LocatedIssue {
  path: PropertyKey[];
  message: string;
}

/** `["tenants", 3, "name"]` → `tenants[3].name`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

/** Zod's issues as places and sentences: one for each unknown field, and of a union only the form that was meant. */
export function locateIssues(issues: readonly Issue[], base: readonly PropertyKey[] = []): LocatedIssue[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => ({ path: [...path, key], message: "is not a known field" }));
    if (issue.code === "invalid_union") return locateUnion(issue, path);
    return [{ path, message: wordsOf(issue) }];
  });
}

export function issueDetails(error: z.ZodError): ErrorDetail[] {
  return locateIssues(error.issues).map(({ path, message }) => ({ path: formatPath(path), message }));
}

function wordsOf({ code, message }: Issue): string {
  if (code === "invalid_type" && message.endsWith("received undefined")) return "is missing";
  return message.replace(/^Invalid input: /, "");
}

/** Of the forms a union allows, the one whose fields were all known was meant; where no form or several fit, the union speaks. */
function locateUnion(issue: Extract<Issue, { code: "invalid_union" }>, path: PropertyKey[]): LocatedIssue[] {
  const meant = issue.errors.filter((branch) => branch.every((inner) => inner.code !== "unrecognized_keys" && inner.path.length > 0));
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return locateIssues(only, path);
  return [{ path, message: issue.message === "Invalid input" ? describeForms(issue.errors) : issue.message }];
}

function describeForms(branches: readonly Issue[][]): string {
  const forms = branches.flatMap((branch) => {
    const fields = branch
      .filter((inner) => inner.path.length === 1 && inner.code !== "unrecognized_keys")
      .map((inner) => String(inner.path[0]));
    return fields.length === 0 ? [] : [`{ ${[...new Set(fields)].join(", ")} }`];
  });
  return forms.length === 0 ? "does not have an allowed form" : `must be one of ${[...new Set(forms)].join(", ")}`;
}
