/**
 * The layers of docs/architecture.md. Imports point down; a folder may use what its row allows and nothing else.
 * scripts/check-layers.mjs runs this and fails when too few modules were read, because an empty run finds no breach.
 */
const test = "\\.(test|integration\\.test)\\.tsx?$";
const source = (path) => ({ path, pathNot: test });

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

/** Packages that `folder` must not import. */
function without(name, folder, packages) {
  return { name, severity: "error", from: source(`^${folder}`), to: { path: `node_modules/(${packages.join("|")})(/|$)` } };
}

const CLIENT_LIBRARIES = ["react", "react-dom", "next", "@tanstack", "recharts", "radix-ui", "nuqs", "cmdk"];
const SERVER_LIBRARIES = [
  "kafkajs",
  "@platformatic",
  "@aws-sdk",
  "aws-msk-iam-sasl-signer-js",
  "drizzle-orm",
  "@electric-sql",
  "pg",
  "pino",
  "prom-client",
];

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    only("domain-is-pure", "lib/domain/", []),
    without("domain-knows-zod-only", "lib/domain/", [...CLIENT_LIBRARIES, ...SERVER_LIBRARIES, "yaml"]),
    { name: "domain-has-no-node", severity: "error", from: source("^lib/domain/"), to: { dependencyTypes: ["core"] } },
    only("kafka-adapter", "lib/kafka/", ["lib/domain/"]),
    only("metrics-adapter", "lib/metrics/", ["lib/domain/"]),
    only("aws-adapter", "lib/aws/", ["lib/domain/"]),
    only("store-adapter", "lib/store/", ["lib/domain/"]),
    only("enter-adapter", "lib/enter/", ["lib/domain/"]),
    without("adapters-without-screens", "lib/(kafka|aws|metrics|store|enter)/", CLIENT_LIBRARIES),
    {
      name: "sso-owns-openid",
      severity: "error",
      from: { path: "^lib/(?!enter/)" },
      to: { path: "node_modules/(openid-client|oauth4webapi|jose)/" },
    },
    without("store-without-kafka", "lib/store/", ["kafkajs", "@platformatic", "@aws-sdk"]),
    without("kafkajs-reads-records-only", "lib/kafka/(?!records/|testing/)", ["kafkajs"]),
    only("collector", "lib/collector/", ["lib/domain/", "lib/kafka/", "lib/aws/", "lib/metrics/", "lib/store/"]),
    without("collector-without-sdks", "lib/collector/", [
      ...CLIENT_LIBRARIES,
      "kafkajs",
      "@platformatic",
      "@aws-sdk",
      "drizzle-orm",
      "@electric-sql",
      "pg",
    ]),
    only("changes", "lib/changes/", [
      "lib/domain/",
      "lib/store/",
      "lib/kafka/",
      "lib/aws/",
      "lib/collector/(clock|every)\\.ts$",
      "lib/collector/lease/",
      "lib/collector/testing/manual-clock\\.ts$",
    ]),
    without("changes-without-sdks", "lib/changes/", [
      ...CLIENT_LIBRARIES,
      "kafkajs",
      "@platformatic",
      "@aws-sdk",
      "drizzle-orm",
      "@electric-sql",
      "pg",
    ]),
    only("operations", "lib/operations/", ["lib/domain/", "lib/store/", "lib/kafka/", "lib/aws/", "lib/metrics/", "lib/enter/"]),
    without("operations-without-sdks", "lib/operations/", [...CLIENT_LIBRARIES, ...SERVER_LIBRARIES]),
    only("server", "lib/server/", ["lib/"]),
    { name: "server-not-client", severity: "error", from: source("^lib/server/"), to: { path: "^lib/client/" } },
    without("server-without-screens", "lib/server/", ["react", "react-dom", "recharts", "radix-ui", "nuqs", "cmdk"]),
    only("client", "lib/client/", ["lib/domain/"]),
    without("client-without-server", "lib/client/", SERVER_LIBRARIES),
    only("ui-knows-no-domain", "components/ui/", ["lib/domain/format"]),
    only("charts", "components/charts/", ["components/ui/", "lib/domain/"]),
    only("change", "components/change/", ["components/ui/", "components/charts/", "components/tenancy/", "lib/client/", "lib/domain/"]),
    only("tenancy", "components/tenancy/", ["components/ui/", "components/charts/", "lib/client/", "lib/domain/"]),
    {
      name: "charts-own-recharts",
      severity: "error",
      from: { path: "^(app|components)/", pathNot: "^components/charts/" },
      to: { path: "node_modules/recharts/" },
    },
    {
      name: "components-point-down",
      severity: "error",
      from: source("^components/"),
      to: { path: "^(app|lib/(kafka|aws|metrics|store|enter|collector|changes|operations|server|env))" },
    },
    {
      name: "features-apart",
      severity: "error",
      from: { path: "^components/([^/]+)/", pathNot: "^components/(ui|charts|tenancy|change|shell)/" },
      to: { path: "^components/([^/]+)/", pathNot: ["^components/(ui|charts|tenancy|change|shell)/", "^components/$1/"] },
    },
    {
      name: "app-holds-routes-only",
      severity: "error",
      from: source("^app/"),
      to: { path: "^lib/(kafka|aws|metrics|store|enter|collector|changes)/" },
    },
    without("app-without-sdks", "app/", SERVER_LIBRARIES),
    { name: "sandbox-stands-alone", severity: "error", from: { path: "^sandbox/" }, to: { path: "^(lib|app|components|bench|e2e)/" } },
    {
      name: "journeys-use-http",
      severity: "error",
      from: { path: "^e2e/" },
      to: { path: "^(lib|app|components)/", pathNot: "^lib/domain/views/" },
    },
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
