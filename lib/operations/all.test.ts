import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { OPERATIONS } from "./all";
import { ROLES, type Role } from "./context";
import type { Operation } from "./define";
import { getOpenApi } from "./openapi/get-openapi";
import { contextOf } from "./testing/context";

const ALL: readonly Operation[] = [...OPERATIONS, getOpenApi];
const API = join(import.meta.dirname, "../../app/api");
const FALLBACK = "[...path]/route.ts";

/** Who may run what, written down a second time on purpose: a role that slips into an operation fails here. */
const MAY: Record<string, readonly Role[]> = {
  acknowledgeCondition: ["operator"],
  applyChange: ["operator"],
  cancelChange: ["operator"],
  correctMonth: ["operator"],
  getChange: ["support", "operator"],
  exportRegistry: ["support", "operator"],
  getAdvice: ["support", "operator"],
  getCluster: ["support", "operator"],
  getClusterHistory: ["support", "operator"],
  getFleetCost: ["product", "support", "operator"],
  getGroup: ["support", "operator"],
  getHealth: ["product", "support", "operator"],
  getIsolation: ["support", "operator"],
  getMetrics: ["operator"],
  getNoisy: ["support", "operator"],
  getOpenApi: ["product", "support", "operator"],
  getOverview: ["support", "operator"],
  getOverviewHistory: ["support", "operator"],
  getPosture: ["support", "operator"],
  getReadiness: ["product", "support", "operator"],
  getStatus: ["product", "support", "operator"],
  getTenant: ["support", "operator"],
  getTenantAccess: ["support", "operator"],
  getTenantCost: ["product", "support", "operator"],
  getTenantHistory: ["support", "operator"],
  getTier: ["product", "support", "operator"],
  getTicket: ["support", "operator"],
  getTierUsage: ["product", "support", "operator"],
  getTopic: ["support", "operator"],
  getUsage: ["product", "support", "operator"],
  importRegistry: ["operator"],
  listChangeOperations: ["support", "operator"],
  listChangeUnits: ["support", "operator"],
  listChanges: ["support", "operator"],
  listClusters: ["support", "operator"],
  listConditions: ["support", "operator"],
  listDrift: ["support", "operator"],
  listGroups: ["support", "operator"],
  listMonths: ["product", "support", "operator"],
  listPostureHistory: ["support", "operator"],
  listPrices: ["product", "support", "operator"],
  listTenantGroups: ["support", "operator"],
  listTenantMonths: ["product", "support", "operator"],
  listTenants: ["support", "operator"],
  listTenantTopics: ["support", "operator"],
  listTiers: ["product", "support", "operator"],
  listTopics: ["support", "operator"],
  pauseChange: ["operator"],
  planChange: ["support", "operator"],
  refreshCluster: ["support", "operator"],
  resumeChange: ["operator"],
  search: ["support", "operator"],
  setPrices: ["operator"],
  withdrawAcknowledgement: ["operator"],
};

describe("authorisation", () => {
  it("is written down for every operation", () => {
    expect(ALL.map(({ name }) => name).toSorted()).toEqual(Object.keys(MAY).toSorted());
  });

  it.each(ALL.flatMap((operation) => ROLES.map((role) => [role, operation.name, operation] as const)))(
    "of %s for %s",
    async (role, name, operation) => {
      const context = contextOf(undefined, { actor: { name: "someone", role } });
      const refused = async (run: Promise<unknown>): Promise<boolean> =>
        run.then(
          () => false,
          (error: { code?: string }) => error.code === "forbidden",
        );
      const expected = !MAY[name]?.includes(role);
      // Input that no schema takes: whoever is let in is told that it is invalid, and nothing acts.
      expect(await refused(operation.run(context, null))).toBe(expected);
      if (operation.csv !== undefined) expect(await refused(operation.csv(context, null))).toBe(expected);
    },
  );
});

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
