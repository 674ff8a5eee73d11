import type { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { issueDetails } from "@/lib/domain/issues";
import type { AuditKind } from "@/lib/domain/people/audit";
import type { Asker } from "@/lib/domain/people/roles";
import { audited, auditRefusal } from "./audit";
import type { Context } from "./context";
import { requireAllowed } from "./require-allowed";
import { unnamed, unnamedError } from "./unnamed";

export interface OperationSpec<I extends z.ZodType, O extends z.ZodType> {
  /** Verb and object, as the API names it: `listTenants`. */
  name: string;
  /** One sentence for the API's description. */
  summary: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path with parameters in braces: `/api/tenants/{tenantId}`. */
  path: string;
  roles: readonly Asker[];
  /**
   * Whether somebody may ask whose role is limited. `within`: all that it answers comes from the context's fleet, or is checked against
   * it. Absent: nobody whose role is limited.
   */
  limits?: "within";
  /** How it stands in the audit. Absent: what is not a GET is a change, and an export as CSV an export. `none`: it leaves nothing behind. */
  audit?: AuditKind | "none";
  /** What it is about, for the audit: "tenant acme". Never a secret. */
  about?: (input: z.output<I>) => string | null;
  /** Asks for a sign-in that is not long ago. */
  recent?: true;
  /**
   * The answer, or these fields of it, repeat what was asked, and of tenants only what is within: no name is taken out of it, because
   * that would tell which names there are.
   */
  echoes?: true | readonly (string & keyof z.output<O>)[];
  /** The answer is where the browser goes next. */
  redirects?: true;
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
  /** The same answer as a text for a ticket, by whom it is for. */
  markdown?: Partial<Record<Audience, (context: Context, input: z.output<I>) => MarkdownFile | Promise<MarkdownFile>>>;
  act: (context: Context, input: z.output<I>) => Promise<z.output<O>> | z.output<O>;
}

export type CsvValue = string | number | boolean | null;

export interface Csv {
  /** Without the extension. */
  filename: string;
  head: readonly string[];
  rows: Iterable<readonly CsvValue[]>;
}

/** `internal`: with all names that the role reaches. `forward`: safe to give to the customer it is about. */
export type Audience = "internal" | "forward";

export interface MarkdownFile {
  /** Without the extension. */
  filename: string;
  text: string;
}

export interface Operation<O extends z.ZodType = z.ZodType>
  extends Omit<OperationSpec<z.ZodType, O>, "act" | "csv" | "markdown" | "about"> {
  /** Whether the actor may, before anything of the request is read. `run`, `csv` and `markdown` ask again. */
  authorise: (context: Context) => Promise<void>;
  run: (context: Context, raw: unknown) => Promise<z.output<O>>;
  csv?: (context: Context, raw: unknown) => Promise<Csv>;
  markdown?: Partial<Record<Audience, (context: Context, raw: unknown) => Promise<MarkdownFile>>>;
}

/**
 * The only way to make an operation: it authorises before it parses, and parses before it acts, so that no operation can
 * lack the check; and what changes something is in the audit before it is done. Throws AppError `unauthenticated`, `forbidden`, or
 * `invalid` with the path of everything that is wrong with the input.
 */
export function defineOperation<I extends z.ZodType, O extends z.ZodType>(spec: OperationSpec<I, O>): Operation<O> {
  const { act, csv, markdown, about, ...rest } = spec;
  const kind = spec.audit ?? (spec.method === "GET" ? "none" : "change");
  async function authorise(context: Context): Promise<void> {
    try {
      requireAllowed(context, spec);
    } catch (error) {
      await auditRefusal(context, spec.name, error);
      throw error;
    }
  }
  async function admit(context: Context, raw: unknown): Promise<z.output<I>> {
    await authorise(context);
    return parseInput(spec.input, raw);
  }
  /** Makes a file, which is a line of the audit. */
  function exported<T>(subject: (input: z.output<I>) => string | null, make: (context: Context, input: z.output<I>) => T | Promise<T>) {
    return async (context: Context, raw: unknown): Promise<T> => {
      const input = await admit(context, raw);
      return audited(context, { kind: "export", action: spec.name, subject: subject(input) }, async () => make(context, input));
    };
  }
  function markdownOf({ internal, forward }: NonNullable<typeof markdown>): NonNullable<Operation<O>["markdown"]> {
    const about = (words: string) => (input: z.output<I>) => [subjectOf(input), words].filter((word) => word !== null).join(", ");
    return {
      ...(internal === undefined ? {} : { internal: exported(about("as Markdown"), internal) }),
      ...(forward === undefined ? {} : { forward: exported(about("as Markdown, safe to forward"), forward) }),
    };
  }
  return {
    ...rest,
    authorise,
    async run(context, raw) {
      const input = await admit(context, raw);
      const work = () =>
        audited(context, { kind, action: spec.name, subject: about?.(input) ?? subjectOf(input) }, async () => act(context, input));
      return spec.echoes === true ? work() : toldTo(context, work, spec.echoes ?? []);
    },
    ...(csv === undefined
      ? {}
      : {
          csv: exported(
            (input) => subjectOf(input),
            async (context, input) => unnamedRows(context, await csv(context, input)),
          ),
        }),
    ...(markdown === undefined ? {} : { markdown: markdownOf(markdown) }),
  };
}

async function toldTo<T>(context: Context, work: () => Promise<T>, echoes: readonly string[]): Promise<T> {
  try {
    const answer = await work();
    const told = unnamed(context, answer);
    return echoes.length === 0 ? told : { ...told, ...fieldsOf(answer, echoes) };
  } catch (error) {
    throw unnamedError(context, error);
  }
}

function fieldsOf(answer: unknown, names: readonly string[]): Record<string, unknown> {
  if (typeof answer !== "object" || answer === null) return {};
  return Object.fromEntries(Object.entries(answer).filter(([field]) => names.includes(field)));
}

function unnamedRows(context: Context, csv: Csv): Csv {
  if (context.withoutOthers === undefined) return csv;
  return { ...csv, rows: rowsWithout(context, csv.rows) };
}

function* rowsWithout(context: Context, rows: Csv["rows"]): Generator<readonly CsvValue[]> {
  for (const row of rows) yield unnamed(context, row);
}

/** Fields that name what an operation is about, in the order in which they say most. */
const NAMING = ["tenantId", "tenant", "clusterId", "cluster", "tierId", "changeId", "topic", "region", "name", "id"] as const;

function subjectOf(input: unknown): string | null {
  if (typeof input !== "object" || input === null) return null;
  const named = NAMING.flatMap((field) => {
    const value = (input as Record<string, unknown>)[field];
    return typeof value === "string" || typeof value === "number" ? [`${field.replace(/Id$/, "")} ${value}`] : [];
  });
  return named.length === 0 ? null : named.join(", ").slice(0, 500);
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
