import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { ASKERS, type Asker } from "@/lib/domain/people/roles";
import { OPERATIONS } from "./all";
import type { Actor } from "./context";
import type { Operation } from "./define";
import { getOpenApi } from "./openapi/get-openapi";
import { contextOf } from "./testing/context";
import { AT } from "./testing/fleet";

const ALL: readonly Operation[] = [...OPERATIONS, getOpenApi];
const API = join(import.meta.dirname, "../../app/api");
const FALLBACK = "[...path]/route.ts";

const SECURITY = join(import.meta.dirname, "../../docs/security.md");

interface Row {
  name: string;
  address: string;
  may: Record<Asker, boolean>;
  limited: string;
  asks: string;
}

/** The table of docs/security.md: who may run what, written down a second time, so that a role that slips into an operation fails here. */
function documented(): Map<string, Row> {
  const lines = readFileSync(SECURITY, "utf8").split("\n");
  const start = lines.findIndex((line) => line.startsWith("| operation | address |"));
  const end = lines.findIndex((line, index) => index > start && line.trim() === "");
  const rows = lines.slice(start + 2, end).map((line): Row => {
    const [name = "", address = "", ...cells] = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    const may = Object.fromEntries(ASKERS.map((asker, index) => [asker, cells[index] === "yes"])) as Record<Asker, boolean>;
    return { name, address: address.replaceAll("`", ""), may, limited: cells[5] ?? "", asks: cells[6] ?? "" };
  });
  return new Map(rows.map((row) => [row.name, row]));
}

const DOCUMENTED = documented();
const LIMITS = {
  tenant: { tenants: ["acme"], tiers: [], clusters: [] },
  cluster: { tenants: [], tiers: [], clusters: ["c1"] },
};

/** What an operation says to somebody, given input that no schema takes: whoever is let in is told so, and nothing acts. */
async function answerTo(run: Operation["run"], actor: Partial<Actor>): Promise<string> {
  const context = contextOf(undefined, { actor: { name: "someone", role: "operator", ...actor } });
  return run(context, null).then(
    () => "let in",
    (error: { code?: string }) => (error.code === "forbidden" || error.code === "unauthenticated" ? error.code : "let in"),
  );
}

describe("authorisation", () => {
  it("is written down for every operation, with its address", () => {
    const written = [...DOCUMENTED.values()].map(({ name, address }) => `${name} ${address}`);
    expect(written.toSorted()).toEqual(ALL.map(({ name, method, path }) => `${name} ${method} ${path}`).toSorted());
  });

  it.each(ALL.flatMap((operation) => ASKERS.map((role) => [role, operation.name, operation] as const)))(
    "of %s for %s",
    async (role, name, operation) => {
      const refusal = role === "nobody" || role === "probe" ? "unauthenticated" : "forbidden";
      const expected = DOCUMENTED.get(name)?.may[role] ? "let in" : refusal;
      expect(await answerTo(operation.run, { role })).toBe(expected);
      if (operation.csv !== undefined) expect(await answerTo(operation.csv, { role })).toBe(expected);
    },
  );

  it.each(ALL.map((operation) => [operation.name, operation] as const))("of somebody limited for %s", async (name, operation) => {
    const row = DOCUMENTED.get(name);
    const role = ASKERS.findLast((asker) => row?.may[asker]) ?? "operator";
    const allowed = (limited: boolean) => (limited ? "let in" : "forbidden");
    expect(await answerTo(operation.run, { role, limits: LIMITS.tenant })).toBe(allowed(row?.limited === "within"));
    expect(await answerTo(operation.run, { role, limits: LIMITS.cluster })).toBe(allowed(row?.limited !== "no"));
  });

  it.each(ALL.filter(({ name }) => DOCUMENTED.get(name)?.asks === "recent").map((operation) => [operation.name, operation] as const))(
    "asks for a recent sign-in, and for a person, before %s",
    async (_name, operation) => {
      const minute = 60_000;
      const session = (agoMs: number) => ({ id: "s1", provenAt: new Date(Date.parse(AT) - agoMs).toISOString() });
      expect(await answerTo(operation.run, { kind: "person", session: session(14 * minute) })).toBe("let in");
      expect(await answerTo(operation.run, { kind: "person", session: session(16 * minute) })).toBe("unauthenticated");
      expect(await answerTo(operation.run, { kind: "token" })).toBe("forbidden");
    },
  );

  it("asks for a recent sign-in nowhere else without a word", () => {
    expect(ALL.filter(({ recent }) => recent).map(({ name }) => name)).toEqual(
      ALL.filter(({ name }) => DOCUMENTED.get(name)?.asks === "recent").map(({ name }) => name),
    );
  });

  it("cannot be left out: nothing but defineOperation makes an operation", () => {
    const made = sourceFiles(join(import.meta.dirname)).filter((file) => /: Operation(?:<[^>]*>)? = \{/.test(readFileSync(file, "utf8")));
    expect(made).toEqual([]);
    for (const operation of ALL) expect(operation.run.toString()).toContain("admit(");
  });
});

describe("the audit", () => {
  it("has every write before it is done, and what is not there is not done", async () => {
    const readsOnly = ["lookAtLink", "planChange", "refreshCluster", "checkConnection"];
    // These enter their own lines, once they know who it is.
    const ownLines = ["signIn", "applyLink"];
    for (const operation of ALL.filter(({ method }) => method !== "GET")) {
      const isSilent = operation.audit === "none";
      expect([operation.name, isSilent]).toEqual([operation.name, [...readsOnly, ...ownLines].includes(operation.name)]);
    }
  });
});

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

function routeFiles(folder = API): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? routeFiles(path) : [relative(API, path)];
  });
}

interface Mounted {
  method: string;
  operation: string;
  path: string;
}

function mounted(file: string): Mounted[] {
  const path = `/api/${file
    .replace(/\/?route\.ts$/, "")
    .replaceAll("[", "{")
    .replaceAll("]", "}")}`.replace(/\/$/, "");
  const source = readFileSync(join(API, file), "utf8");
  return [...source.matchAll(/^export const ([A-Z]+) = route\((\w+)\);$/gm)].map(([, method = "", operation = ""]) => ({
    method,
    operation,
    path,
  }));
}

describe("routes", () => {
  const files = routeFiles().filter((file) => file !== FALLBACK);

  it("are files of imports and one line for each method", () => {
    for (const file of files) {
      const lines = readFileSync(join(API, file), "utf8").trim().split("\n");
      const others = lines.filter((line) => !/^import \{ \w+ \} from "@\/lib\/(operations|server)\/[\w/-]+";$/.test(line) && line !== "");
      expect([file, others.filter((line) => !/^export const [A-Z]+ = route\(\w+\);$/.test(line))]).toEqual([file, []]);
    }
  });

  it("mount every operation exactly once, under its own method and path", () => {
    const inFiles = files.flatMap(mounted).map(({ method, operation, path }) => `${operation} ${method} ${path}`);
    expect(inFiles.toSorted()).toEqual(ALL.map(({ name, method, path }) => `${name} ${method} ${path}`).toSorted());
  });

  it("are all in the description of the API, and nothing else is", async () => {
    const description = (await getOpenApi.run(contextOf(), {})) as { paths: Record<string, Record<string, { operationId: string }>> };
    const described = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`),
    );
    expect(described.toSorted()).toEqual(
      files
        .flatMap(mounted)
        .map(({ method, operation, path }) => `${operation} ${method} ${path}`)
        .toSorted(),
    );
  });
});
