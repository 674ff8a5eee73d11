import { z } from "zod";

const SECONDS = "must be a whole number of seconds from 5 to 86400";
const Seconds = (fallback: number) => z.coerce.number(SECONDS).int(SECONDS).min(5, SECONDS).max(86_400, SECONDS).default(fallback);

/** Every setting of the console. An empty value counts as not given. */
const Settings = z.object({
  /** YAML file that names the clusters. Absent: the console starts without clusters and says so. */
  CONNECTIONS_FILE: z.string().optional(),
  /** Folder of the embedded database, used without DATABASE_URL. */
  DATA_DIR: z.string().default(".data"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must start with postgres:// or postgresql://")
    .optional(),
  /** `off` for replicas that only serve. */
  COLLECTOR: z.enum(["on", "off"], "must be on or off").default("on"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /** How often each part of a cluster is read, in seconds. The exporter's interval stands in the connections file. */
  OFFSETS_INTERVAL_SECONDS: Seconds(15),
  METADATA_INTERVAL_SECONDS: Seconds(60),
  LOGS_INTERVAL_SECONDS: Seconds(60),
  ACCESS_INTERVAL_SECONDS: Seconds(300),
  CONFIGS_INTERVAL_SECONDS: Seconds(21_600),
});

export interface Env {
  connectionsFile: string | null;
  dataDir: string;
  databaseUrl: string | null;
  collector: "on" | "off";
  logLevel: z.output<typeof Settings>["LOG_LEVEL"];
  intervals: { offsetsMs: number; metadataMs: number; logsMs: number; accessMs: number; configsMs: number };
}

/** Reads settings from the given variables; throws one Error that names every bad one. */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Settings.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`Settings that cannot be used:\n${lines.join("\n")}`);
  }
  const settings = parsed.data;
  return {
    connectionsFile: settings.CONNECTIONS_FILE ?? null,
    dataDir: settings.DATA_DIR,
    databaseUrl: settings.DATABASE_URL ?? null,
    collector: settings.COLLECTOR,
    logLevel: settings.LOG_LEVEL,
    intervals: {
      offsetsMs: settings.OFFSETS_INTERVAL_SECONDS * 1000,
      metadataMs: settings.METADATA_INTERVAL_SECONDS * 1000,
      logsMs: settings.LOGS_INTERVAL_SECONDS * 1000,
      accessMs: settings.ACCESS_INTERVAL_SECONDS * 1000,
      configsMs: settings.CONFIGS_INTERVAL_SECONDS * 1000,
    },
  };
}

let parsed: Env | undefined;

/** The settings of this process, read at the first call so that a build needs none of them. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** The variables a connections file may refer to by `{ env: NAME }`. */
export function secretFromEnv(name: string): string | undefined {
  return process.env[name];
}
