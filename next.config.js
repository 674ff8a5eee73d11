/** Below which path the console is served; empty: at the root of its origin. */
const basePath = process.env.BASE_PATH ?? "";

/** @type {import("next").NextConfig} */
const config = {
  basePath,
  env: { NEXT_PUBLIC_BASE_PATH: basePath },
  output: "standalone",
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  experimental: { agentUpgrade: false },
  turbopack: { root: import.meta.dirname },
  // Native and self-patching modules that must be loaded by Node itself, as one instance. Large ones as well: each route is a bundle of
  // its own, and would hold their source once more.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@platformatic/kafka",
    "aws-msk-iam-sasl-signer-js",
    "drizzle-orm",
    "kafkajs",
    "pg",
    "pino",
    "prom-client",
    "zod",
  ],
  // Between two pages a browser may ask for the icon at the place where icons used to be.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  outputFileTracingIncludes: { "/*": ["lib/store/migrations/**/*"] },
};

export default config;
