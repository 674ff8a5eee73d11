/**
 * The layers of docs/architecture.md. Imports point down; a folder may use what its row allows and nothing else, packages included.
 * scripts/check-layers.mjs runs this and fails when too few modules were read, because an empty run finds no breach;
 * scripts/lib/layers.test.ts breaks every rule once.
 */
const test = "\\.(test|integration\\.test)\\.tsx?$";
const source = (path) => ({ path, pathNot: test });

/** What folders named `testing` may import besides; `product-without-test-tools` keeps it there. */
const TEST_PACKAGES = ["vitest", "@testing-library", "fast-check"];

/** Everything inside the repository that `folder` must not import, but for what is allowed. */
function only(name, folder, allowed) {
  return {
    name,
    severity: "error",
    from: source(`^${folder}`),
    to: {
      pathNot: [`^${folder}`, ...allowed.map((path) => `^${path}`), "^node_modules", "^node:"],
      dependencyTypesNot: ["core", "npm", "npm-dev", "npm-no-pkg", "npm-optional", "npm-peer"],
    },
  };
}

/** The packages that `folder` may import; every other is a breach. */
function packages(name, folder, allowed) {
  const pathNot = allowed.map((one) => `^node_modules/${one}(/|$)`);
  return { name, severity: "error", from: source(`^${folder}`), to: { path: "^node_modules/", pathNot } };
}

/** The row of a folder in the table: of the repository `allowed`, of packages `names`. */
function row(name, folder, allowed, names) {
  return [only(name, folder, allowed), packages(`${name}-packages`, folder, [...names, ...TEST_PACKAGES])];
}

const AWS = "@aws-sdk/(client-[a-z-]+|credential-providers)";
const SCREENS = [
  "react",
  "react-dom",
  "next",
  "next-themes",
  "@tanstack/react-(query|virtual)",
  "recharts",
  "radix-ui",
  "lucide-react",
  "nuqs",
  "cmdk",
  "clsx",
  "class-variance-authority",
];

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "product-without-test-tools",
      severity: "error",
      from: { path: "^(app|components|lib)/|^(instrumentation|proxy)\\.ts$", pathNot: [test, "/testing/"] },
      to: { dependencyTypes: ["npm-dev"] },
    },
    {
      name: "testing-is-for-tests",
      severity: "error",
      from: { path: "^(app|components|lib)/|^(instrumentation|proxy)\\.ts$", pathNot: [test, "/testing/"] },
      to: { path: "/testing/" },
    },
    {
      name: "browser-has-no-node",
      severity: "error",
      from: source("^(components|lib/domain|lib/client)/"),
      to: { dependencyTypes: ["core"] },
    },

    ...row("app-holds-routes", "app/", ["components/", "lib/(server|operations|client|domain)/"], ["next", "react", "react-dom"]),
    ...row("hooks-of-next", "(instrumentation|proxy)\\.ts$", ["lib/(server|domain)/", "lib/env\\.ts$"], ["next"]),

    ...row("components", "components/", ["lib/(client|domain)/"], SCREENS),
    only("ui-knows-no-domain", "components/ui/", ["lib/domain/format"]),
    only("charts", "components/charts/", ["components/ui/", "lib/domain/"]),
    only("change", "components/change/", ["components/(ui|charts|tenancy)/", "lib/client/", "lib/domain/"]),
    only("tenancy", "components/tenancy/", ["components/(ui|charts)/", "lib/client/", "lib/domain/"]),
    only("shell", "components/shell/", ["components/(ui|charts|tenancy|change)/", "lib/client/", "lib/domain/"]),
    {
      name: "charts-own-recharts",
      severity: "error",
      from: { path: "^components/", pathNot: "^components/charts/" },
      to: { path: "node_modules/recharts/" },
    },
    {
      name: "features-apart",
      severity: "error",
      from: { path: "^components/([^/]+)/", pathNot: "^components/(ui|charts|tenancy|change|shell)/" },
      to: { path: "^components/([^/]+)/", pathNot: ["^components/(ui|charts|tenancy|change|shell)/", "^components/$1/"] },
    },

    ...row("domain-is-pure", "lib/domain/", [], ["zod"]),
    ...row("kafka-adapter", "lib/kafka/", ["lib/domain/"], ["@platformatic/kafka", "kafkajs", "aws-msk-iam-sasl-signer-js"]),
    {
      name: "kafkajs-reads-records-only",
      severity: "error",
      from: source("^lib/kafka/(?!records/|testing/)"),
      to: { path: "node_modules/kafkajs/" },
    },
    ...row("metrics-adapter", "lib/metrics/", ["lib/domain/"], []),
    ...row("aws-adapter", "lib/aws/", ["lib/domain/"], [AWS]),
    ...row("store-adapter", "lib/store/", ["lib/domain/"], ["drizzle-orm", "@electric-sql/pglite", "pg", "zod"]),
    ...row("enter-adapter", "lib/enter/", ["lib/domain/"], ["openid-client"]),
    ...row("collector", "lib/collector/", ["lib/(domain|kafka|aws|metrics|store)/"], ["prom-client", "zod"]),
    ...row(
      "changes",
      "lib/changes/",
      [
        "lib/(domain|store|kafka|aws)/",
        "lib/collector/(clock|every)\\.ts$",
        "lib/collector/lease/",
        "lib/collector/testing/manual-clock\\.ts$",
      ],
      ["prom-client"],
    ),
    ...row("operations", "lib/operations/", ["lib/(domain|store|enter|kafka|aws|metrics)/"], ["zod", "yaml"]),
    {
      name: "adapters-through-context",
      severity: "error",
      from: source("^lib/operations/"),
      to: { path: "^lib/(kafka|aws|metrics)/", dependencyTypesNot: ["type-only"] },
    },
    ...row("server", "lib/server/", ["lib/(?!client/)"], ["next", "pino", "prom-client", "zod"]),
    ...row("client", "lib/client/", ["lib/domain/"], ["@tanstack/react-query", "react", "next", "nuqs"]),
    ...row("env", "lib/env\\.ts$", ["lib/domain/"], ["zod"]),

    { name: "sandbox-stands-alone", severity: "error", from: { path: "^sandbox/" }, to: { path: "^(lib|app|components|bench|e2e)/" } },
    only("sandbox-uses-helpers", "sandbox/", ["scripts/lib/(ports|processes|postgres)\\.mjs$"]),
    only("bench", "bench/", ["lib/(?!client/)", "sandbox/", "scripts/lib/"]),
    only("journeys-use-http", "e2e/", ["lib/domain/views/", "sandbox/", "scripts/lib/", "playwright(\\.soak)?\\.config\\.ts$"]),
    packages("journeys-packages", "e2e/", ["@playwright/test", "@axe-core/playwright", "@electric-sql/pglite"]),
    only("scripts-stand-alone", "scripts/", []),
    packages("scripts-packages", "scripts/", []),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.sandbox|lib/store/migrations/)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json", ".css"],
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
    },
  },
};
