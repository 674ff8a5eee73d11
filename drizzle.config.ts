import { defineConfig } from "drizzle-kit";

/** `npx drizzle-kit generate --name what-changed` writes the next migration without a database. */
export default defineConfig({
  dialect: "postgresql",
  casing: "snake_case",
  schema: "./lib/store/schema/index.ts",
  out: "./lib/store/migrations",
});
