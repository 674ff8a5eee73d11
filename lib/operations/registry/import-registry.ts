import { z } from "zod";
import { AppError, type ErrorDetail, isAppError } from "@/lib/domain/errors";
import { formatPath, type LocatedIssue } from "@/lib/domain/issues";
import { checkRegistrySteps, type RegistryCheckInput } from "@/lib/domain/registry-check/check-registry";
import { ImportResult } from "@/lib/domain/views/clusters";
import type { Context } from "@/lib/operations/context";
import { defineOperation } from "@/lib/operations/define";
import { pauses } from "@/lib/operations/pauses";
import { OPERATOR } from "@/lib/operations/roles";
import { PROBLEMS_MAX, readYaml, type YamlFile } from "@/lib/operations/yaml/read-yaml";
import { type Declarations, readRegistry, importRegistry as writeRegistry } from "@/lib/store";
import { parseRegistry } from "./parse-registry";

const FILE_BYTES_MAX = 64 * 1024 * 1024;

export const importRegistry = defineOperation({
  name: "importRegistry",
  summary:
    "Takes over tiers, tenants and services from a YAML (or JSON) file: all of it or nothing, creating and overwriting, never deleting.",
  method: "POST",
  path: "/api/import",
  roles: OPERATOR,
  bodyType: "application/yaml",
  bodyBytesMax: FILE_BYTES_MAX,
  input: z.strictObject({ text: z.string() }),
  output: ImportResult,
  act: async (context, { text }) => {
    const file = await readYaml(text);
    if (file.problems.length > 0) throw refusal(file.problems);
    const { declared, issues } = await parseRegistry(file.value, PROBLEMS_MAX);
    if (issues.length > 0) throw refusal(await withLines(issues, file));
    const conflicts = await check({
      file: declared,
      existing: await readRegistry(context.store),
      clusterIds: await context.collector.clusterIds(),
      issuesMax: PROBLEMS_MAX,
    });
    if (conflicts.length > 0) throw refusal(await withLines(conflicts, file));
    const counts = await write(context, { ...declared, sha256: await sha256(text) }, file);
    await context.collector.reassemble();
    return counts;
  },
});

function refusal(details: ErrorDetail[]): AppError {
  const listed =
    details.length >= PROBLEMS_MAX
      ? `at least ${PROBLEMS_MAX} things are`
      : details.length === 1
        ? "1 thing is"
        : `${details.length} things are`;
  return new AppError("invalid", `Nothing was imported: ${listed} wrong in the file.`, { details });
}

async function check(input: RegistryCheckInput): Promise<LocatedIssue[]> {
  const pause = pauses();
  const steps = checkRegistrySteps(input);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    await pause();
  }
}

async function withLines(issues: readonly LocatedIssue[], file: YamlFile): Promise<ErrorDetail[]> {
  const pause = pauses();
  const details: ErrorDetail[] = [];
  for (const { path, message } of issues) {
    details.push({ path: formatPath(path), message, line: file.lineOf(path) });
    await pause();
  }
  return details.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** What the store refuses gets its line like everything else. */
async function write(context: Context, declared: Declarations, file: YamlFile): Promise<z.output<typeof ImportResult>> {
  try {
    return await writeRegistry(context.store, declared, context.actor.name, context.now());
  } catch (error) {
    if (!isAppError(error) || error.code !== "invalid" || error.details.length === 0) throw error;
    throw refusal(error.details.map((detail) => ({ ...detail, line: file.lineOf(parsePath(detail.path)) })));
  }
}

function parsePath(path: string): PropertyKey[] {
  return [...path.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([word, index]) => (index === undefined ? word : Number(index)));
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Buffer.from(digest).toString("hex");
}
