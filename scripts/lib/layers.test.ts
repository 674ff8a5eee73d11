import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layerFaults, readLayers } from "./layers.mjs";
import { REPOSITORY } from "./layout.mjs";

const CONFIG = join(REPOSITORY, ".dependency-cruiser.cjs");
const { forbidden } = createRequire(import.meta.url)(CONFIG) as { forbidden: { name: string }[] };

/** An import that each rule must refuse: who imports, and what. The importing file is made for it alone. */
const BREACHES: Record<string, [from: string, to: string]> = {
  "no-cycles": ["lib/domain/about.ts", "lib/domain/round.ts"],
  resolvable: ["lib/domain/lost.ts", "./nowhere"],
  "product-without-test-tools": ["components/ui/b1.tsx", "node_modules/vitest"],
  "testing-is-for-tests": ["lib/domain/b2.ts", "lib/domain/testing/help.ts"],
  "browser-has-no-node": ["components/ui/b3.tsx", "node:fs"],
  "app-holds-routes": ["app/b4.ts", "lib/env.ts"],
  "app-holds-routes-packages": ["app/b5.ts", "node_modules/zod"],
  "hooks-of-next": ["proxy.ts", "lib/store/target.ts"],
  "hooks-of-next-packages": ["instrumentation.ts", "node_modules/zod"],
  components: ["components/tenant/b6.tsx", "scripts/target.mjs"],
  "components-packages": ["components/tenant/b7.tsx", "node_modules/kafkajs"],
  "ui-knows-no-domain": ["components/ui/b8.tsx", "lib/domain/target.ts"],
  charts: ["components/charts/b9.tsx", "components/shell/target.tsx"],
  change: ["components/change/b10.tsx", "components/shell/target.tsx"],
  tenancy: ["components/tenancy/b11.tsx", "components/change/target.tsx"],
  shell: ["components/shell/b12.tsx", "components/tenant/target.tsx"],
  "charts-own-recharts": ["components/tenant/b13.tsx", "node_modules/recharts"],
  "features-apart": ["components/tenant/b14.tsx", "components/topics/target.tsx"],
  "domain-is-pure": ["lib/domain/b15.ts", "lib/store/target.ts"],
  "domain-is-pure-packages": ["lib/domain/b16.ts", "node_modules/yaml"],
  "kafka-adapter": ["lib/kafka/b17.ts", "lib/aws/target.ts"],
  "kafka-adapter-packages": ["lib/kafka/b18.ts", "node_modules/@aws-sdk/client-kafka"],
  "kafkajs-reads-records-only": ["lib/kafka/admin/b19.ts", "node_modules/kafkajs"],
  "metrics-adapter": ["lib/metrics/b20.ts", "lib/kafka/target.ts"],
  "metrics-adapter-packages": ["lib/metrics/b21.ts", "node_modules/prom-client"],
  "aws-adapter": ["lib/aws/b22.ts", "lib/kafka/target.ts"],
  "aws-adapter-packages": ["lib/aws/b23.ts", "node_modules/@platformatic/kafka"],
  "store-adapter": ["lib/store/b24.ts", "lib/kafka/target.ts"],
  "store-adapter-packages": ["lib/store/b25.ts", "node_modules/@aws-sdk/client-kms"],
  "enter-adapter": ["lib/enter/b26.ts", "lib/store/target.ts"],
  "enter-adapter-packages": ["lib/enter/b27.ts", "node_modules/pg"],
  collector: ["lib/collector/b28.ts", "lib/enter/target.ts"],
  "collector-packages": ["lib/collector/b29.ts", "node_modules/drizzle-orm"],
  changes: ["lib/changes/b30.ts", "lib/collector/target.ts"],
  "changes-packages": ["lib/changes/b31.ts", "node_modules/kafkajs"],
  operations: ["lib/operations/b32.ts", "lib/collector/target.ts"],
  "operations-packages": ["lib/operations/b33.ts", "node_modules/pg"],
  "adapters-through-context": ["lib/operations/b34.ts", "lib/kafka/target.ts"],
  server: ["lib/server/b35.ts", "lib/client/target.ts"],
  "server-packages": ["lib/server/b36.ts", "node_modules/react"],
  client: ["lib/client/b37.ts", "lib/server/target.ts"],
  "client-packages": ["lib/client/b38.ts", "node_modules/pino"],
  env: ["lib/env.ts", "lib/server/target.ts"],
  "env-packages": ["lib/env.ts", "node_modules/yaml"],
  "sandbox-stands-alone": ["sandbox/b39.test.ts", "lib/domain/target.ts"],
  "sandbox-uses-helpers": ["sandbox/b40.ts", "scripts/target.mjs"],
  bench: ["bench/b41.ts", "components/ui/target.tsx"],
  "journeys-use-http": ["e2e/b42.spec.ts", "lib/domain/target.ts"],
  "journeys-packages": ["e2e/b43.spec.ts", "node_modules/kafkajs"],
  "scripts-stand-alone": ["scripts/b44.mjs", "lib/domain/target.ts"],
  "scripts-packages": ["scripts/b45.mjs", "node_modules/yaml"],
};

/** Imports that look alike and are allowed. */
const ALLOWED: [from: string, to: string][] = [
  ["app/a1.ts", "lib/server/target.ts"],
  ["components/ui/testing/a2.tsx", "node_modules/vitest"],
  ["components/topics/a3.test.tsx", "lib/server/target.ts"],
  ["lib/kafka/records/a4.ts", "node_modules/kafkajs"],
  ["lib/collector/a5.ts", "lib/aws/target.ts"],
  ["bench/a6.ts", "lib/collector/testing/help.ts"],
  ["scripts/a7.mjs", "node:fs"],
];

const root = mkdtempSync(join(tmpdir(), "layers-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text, { flag: "a" });
}

function importLine(to: string): string {
  const from = to.startsWith("node_modules/") ? to.slice("node_modules/".length) : /^[.n]/.test(to) ? to : `@/${to.replace(/\.tsx?$/, "")}`;
  return `import "${from}";\n`;
}

beforeAll(() => {
  for (const file of [".dependency-cruiser.cjs", "tsconfig.json", "package.json"]) copyFileSync(join(REPOSITORY, file), join(root, file));
  for (const [from, to] of [...Object.values(BREACHES), ...ALLOWED]) {
    write(from, importLine(to));
    if (to.startsWith("node_modules/")) write(`${to}/index.js`, "export const here = 1;\n");
    else if (/\/(target|help)\./.test(to)) write(to, "export const here = 1;\n");
  }
  write("lib/domain/round.ts", importLine("lib/domain/about.ts"));
});

describe("the rules of the layers", () => {
  let layers: ReturnType<typeof readLayers>;
  beforeAll(() => {
    layers = readLayers(root);
  });

  it("are each broken by an import in this table", () => {
    expect(Object.keys(BREACHES).toSorted()).toEqual(forbidden.map(({ name }) => name).toSorted());
  });

  it.each(Object.entries(BREACHES))("%s is broken by such an import", (rule, [from]) => {
    expect(layers.breaches.filter((breach) => breach.rule === rule).map((breach) => breach.from)).toContain(from);
    expect(layerFaults(layers).join("\n")).toContain(`${rule}: ${from} → `);
  });

  it.each(ALLOWED)("let %s import %s", (from) => {
    expect(layers.breaches.filter((breach) => breach.from === from)).toEqual([]);
  });

  it("saw every file", () => {
    expect(layers.unread).toEqual([]);
    expect(layers.read).toBeGreaterThan(Object.keys(BREACHES).length);
  });
});

describe("a check that saw too little", () => {
  const good = { breaches: [], read: 3, unread: [] };

  it("fails where a source file was not read", () => {
    // The migrations' folder is left out by the configuration.
    write("lib/store/migrations/unseen.ts", "export const here = 1;\n");
    const layers = readLayers(root);
    expect(layers.unread).toEqual(["lib/store/migrations/unseen.ts"]);
    expect(layerFaults({ ...layers, breaches: [] })).toEqual([expect.stringContaining("lib/store/migrations/unseen.ts")]);
  });

  it("fails where nothing was read", () => {
    expect(layerFaults({ ...good, read: 0 })).toEqual(["No source file was read."]);
    expect(layerFaults(good)).toEqual([]);
  });
});
