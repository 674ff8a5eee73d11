import { describe, expect, it } from "vitest";
import { parseEnv } from "./env";

describe("parseEnv", () => {
  it("needs nothing", () => {
    expect(parseEnv({})).toEqual({
      connectionsFile: null,
      dataDir: ".data",
      databaseUrl: null,
      collector: "on",
      logLevel: "info",
      intervals: { offsetsMs: 15_000, metadataMs: 60_000, logsMs: 60_000, accessMs: 300_000, configsMs: 21_600_000 },
    });
  });

  it("takes an empty variable as not given", () => {
    expect(parseEnv({ DATABASE_URL: "", DATA_DIR: "", COLLECTOR: "" })).toEqual(parseEnv({}));
  });

  it("names every bad variable at once, and not its value", () => {
    const bad = { COLLECTOR: "maybe", DATABASE_URL: "mysql://root:secret@db", OFFSETS_INTERVAL_SECONDS: "soon", LOG_LEVEL: "loud" };
    expect(() => parseEnv(bad)).toThrow(/DATABASE_URL.*\n.*COLLECTOR.*\n.*LOG_LEVEL.*\n.*OFFSETS_INTERVAL_SECONDS/);
    expect(() => parseEnv(bad)).not.toThrow(/secret/);
  });
});
