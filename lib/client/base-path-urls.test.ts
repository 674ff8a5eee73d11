import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

const BASE = "/console";
const PATH_MAKER = /(?:^apiPath|[a-z](?:Csv|Markdown|List)Path|^(?:overview|isolation|sso)Path)$/;
const RANGE = { kind: "preset", preset: "6h" } as const;
const QUERY = { q: "", filters: {}, view: "all", sort: "name", order: "asc", cluster: null, spark: "6h", columns: [], limit: 100 };
/** What makes of each an address; the others take ids and ranges. */
const ARGUMENTS: Record<string, unknown[]> = {
  overviewPath: [null],
  isolationPath: [null, null],
  adviceMarkdownPath: ["key", null],
  postureCsvPath: [null, null],
  postureHistoryCsvPath: [null, null],
  conditionCsvPath: [null],
  usageCsvPath: [RANGE],
  tierUsageCsvPath: ["gold", RANGE],
  noisyCsvPath: [{ tenant: "acme" }, RANGE],
  noisyMarkdownPath: [{ tenant: "acme" }, RANGE, "forward"],
  ticketMarkdownPath: ["acme", RANGE, "internal"],
  tenantPartCsvPath: ["acme", "topics"],
  topicCsvPath: ["c1", {}],
  groupCsvPath: ["c1", {}],
  tenantListPath: [QUERY],
  tenantCsvPath: [QUERY],
  auditCsvPath: [{}],
  changeCsvPath: [{ from: null, to: null }],
  driftCsvPath: [{}],
  ssoPath: ["/tenants"],
  apiPath: ["/api/tenants", {}],
};

beforeAll(() => vi.stubEnv("NEXT_PUBLIC_BASE_PATH", BASE));
afterAll(() => vi.unstubAllEnvs());

describe("below a path of its origin", () => {
  it("every address that a page hands to the browser begins with that path, once", async () => {
    const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".ts") && !file.includes(".test."));
    const made = new Map<string, string>();
    for (const file of files) {
      const module = (await import(/* @vite-ignore */ `./${file}`)) as Record<string, unknown>;
      for (const [name, value] of Object.entries(module)) {
        if (!PATH_MAKER.test(name)) continue;
        if (typeof value === "string") made.set(name, value);
        else if (typeof value === "function") made.set(name, value(...(ARGUMENTS[name] ?? [])));
      }
    }
    expect([...made.keys()].toSorted()).toEqual(
      [...Object.keys(ARGUMENTS), "clusterListCsvPath", "costCsvPath", "monthsCsvPath"].toSorted(),
    );
    for (const [name, path] of made) expect([name, path]).toEqual([name, expect.stringMatching(/^\/console\/api\/(?!.*\/console\/)/)]);
  });

  it("so do the server's redirects and links", async () => {
    const { openEnter } = await import("@/lib/server/enter/open-enter");
    const { parseEnv } = await import("@/lib/env");
    const settings = { ...parseEnv({ PUBLIC_URL: "https://example.com" }).enter, probeToken: null, oidc: null };
    expect(openEnter(settings, {} as never, "3000").origin).toBe(`https://example.com${BASE}`);
    const { proxy } = await import("@/proxy");
    const { NextRequest } = await import("next/server");
    const request = new NextRequest("http://localhost:3000/console/tenants", {
      headers: { host: "localhost:3000" },
      nextConfig: { basePath: BASE },
    });
    expect((await proxy(request)).headers.get("location")).toBe("http://localhost:3000/console/sign-in?returnTo=%2Ftenants");
  });
});
