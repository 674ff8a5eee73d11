import type { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { issueDetails } from "@/lib/domain/issues";
import type { Context, Role } from "./context";

export interface OperationSpec<I extends z.ZodType, O extends z.ZodType> {
  /** Verb and object, as the API names it: `listTenants`. */
  name: string;
  /** One sentence for the API's description. */
  summary: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path with parameters in braces: `/api/tenants/{tenantId}`. */
  path: string;
  roles: readonly Role[];
  /** Path and query parameters and, for writes, the body's fields, as one object of named values. */
  input: I;
  output: O;
  /** The body is a YAML text given as `text`, not JSON. */
  bodyType?: "application/yaml";
  /** Largest body; 64 KB when absent. */
  bodyBytesMax?: number;
  /** Media type of an answer that is a text and not JSON. */
  answerType?: string;
  /**
   * Names the state that the answer is made from. The same version, input and role then always give the same answer, so the
   * server may keep it and tell a client that it has not changed. Absent: the answer is made anew each time.
   */
  version?: (context: Context) => string;
  /** The same list as CSV: everything the filter finds, heads with units, raw numbers. */
  csv?: (context: Context, input: z.output<I>) => Csv | Promise<Csv>;
  act: (context: Context, input: z.output<I>) => Promise<z.output<O>> | z.output<O>;
}

export type CsvValue = string | number | boolean | null;

export interface Csv {
  /** Without the extension. */
  filename: string;
  head: readonly string[];
  rows: Iterable<readonly CsvValue[]>;
}

export interface Operation<O extends z.ZodType = z.ZodType> extends Omit<OperationSpec<z.ZodType, O>, "act" | "csv"> {
  run: (context: Context, raw: unknown) => Promise<z.output<O>>;
  csv?: (context: Context, raw: unknown) => Promise<Csv>;
}

/**
 * The only way to make an operation: it authorises before it parses, and parses before it acts, so that no operation can
 * lack the check. Throws AppError `forbidden`, or `invalid` with the path of everything that is wrong with the input.
 */
export function defineOperation<I extends z.ZodType, O extends z.ZodType>(spec: OperationSpec<I, O>): Operation<O> {
  const { act, csv, ...rest } = spec;
  function admit(context: Context, raw: unknown): z.output<I> {
    requireRole(context, spec.roles, spec.name);
    return parseInput(spec.input, raw);
  }
  return {
    ...rest,
    async run(context, raw) {
      return act(context, admit(context, raw));
    },
    ...(csv === undefined ? {} : { csv: async (context: Context, raw: unknown) => csv(context, admit(context, raw)) }),
  };
}

function requireRole(context: Context, roles: readonly Role[], name: string): void {
  if (roles.includes(context.actor.role)) return;
  throw new AppError("forbidden", `${name} needs the role ${roles.join(" or ")}; you are signed in as ${context.actor.role}.`);
}

function parseInput<I extends z.ZodType>(schema: I, raw: unknown): z.output<I> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const details = issueDetails(parsed.error);
  const first = details[0];
  const more = details.length > 1 ? ` (and ${details.length - 1} more)` : "";
  throw new AppError("invalid", `${first === undefined || first.path === "" ? "The input" : first.path}: ${first?.message}${more}`, {
    details,
  });
}
