import { z } from "zod";
import { FORBIDDEN_HOST, isForbiddenHost } from "@/lib/domain/forbidden-host";
import { ROLES, type Role } from "@/lib/domain/people/roles";
import { isSecretId, type ManagedReference, regionOfSecret } from "@/lib/domain/secret";

const SECONDS = "must be a whole number of seconds from 5 to 86400";
const Seconds = (fallback: number) => z.coerce.number(SECONDS).int(SECONDS).min(5, SECONDS).max(86_400, SECONDS).default(fallback);
const whole = (what: string, from: number, to: number, fallback: number) => {
  const message = `must be a whole number of ${what} from ${from} to ${to}`;
  return z.coerce.number(message).int(message).min(from, message).max(to, message).default(fallback);
};

const ORIGIN = "must be an origin and nothing more, such as https://console.example.com";
const SECRET = "must be the name or the ARN of a secret in AWS Secrets Manager, and #key for one value of it";
/** No name and no ARN of a secret has a `#`. */
const SecretIn = z
  .string()
  .refine((text) => isSecretId(text.split("#")[0] ?? "") && text.split("#")[1] !== "", SECRET)
  .transform((text): ManagedReference => {
    const at = text.indexOf("#");
    return at < 0 ? { secretsManager: text } : { secretsManager: text.slice(0, at), key: text.slice(at + 1) };
  })
  .optional();

const HTTP_URL = "must be an address that starts with https:// or http://";

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}

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
  /** How people enter. `off`: whoever reaches this machine's loopback is the operator. */
  SIGN_IN: z.enum(["off", "local", "sso", "both"], "must be off, local, sso or both").default("local"),
  /** The address people know the console by. Absent: it answers on loopback only. */
  PUBLIC_URL: z.string().refine(isOrigin, ORIGIN).optional(),
  /** Proxies in front, each of which appends the address it was asked from to X-Forwarded-For. */
  TRUSTED_HOPS: whole("proxies", 0, 10, 0),
  SESSION_IDLE_MINUTES: whole("minutes", 1, 10_080, 480),
  SESSION_HOURS: whole("hours", 1, 720, 24),
  /** Role changes, and changes that lose data, ask for a sign-in that is not older. */
  RECENT_SIGN_IN_MINUTES: whole("minutes", 1, 1_440, 15),
  /** With it a program reads health and metrics from elsewhere than this machine. */
  PROBE_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  /** Instead of it: where it stands in AWS Secrets Manager. */
  PROBE_TOKEN_FROM: SecretIn,
  /** The region of secrets that are named without their ARN. */
  AWS_REGION: z.string().optional(),
  OIDC_ISSUER: z
    .string()
    .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), HTTP_URL)
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_CLIENT_SECRET_FROM: SecretIn,
  OIDC_SCOPES: z.string().default("profile email"),
  OIDC_GROUP_CLAIM: z.string().default("groups"),
  OIDC_NAME_CLAIM: z.string().default("email"),
  /** `group=role` by commas: `platform=operator,helpdesk=support`. */
  OIDC_GROUP_ROLES: z.string().default(""),
  /** What the button at the sign-in says. */
  OIDC_LABEL: z.string().max(60).default("single sign-on"),
});
type Settings = z.output<typeof Settings>;

/** A secret as settings give it: itself, or where it stands in AWS Secrets Manager. */
type GivenSecret = string | ManagedReference;

export interface OidcEnv<S = GivenSecret> {
  issuer: string;
  clientId: string;
  clientSecret: S | null;
  scopes: string;
  groupClaim: string;
  nameClaim: string;
  groupRoles: ReadonlyMap<string, Role>;
  label: string;
}

/** Who may enter and how. */
export interface EnterEnv<S = GivenSecret> {
  signIn: "off" | "local" | "sso" | "both";
  /** Origin; null: the console answers on loopback only. */
  baseUrl: string | null;
  trustedHops: number;
  idleMs: number;
  sessionMs: number;
  recentMs: number;
  probeToken: S | null;
  oidc: OidcEnv<S> | null;
}

export interface Env {
  connectionsFile: string | null;
  dataDir: string;
  databaseUrl: string | null;
  collector: "on" | "off";
  logLevel: Settings["LOG_LEVEL"];
  intervals: { offsetsMs: number; metadataMs: number; logsMs: number; accessMs: number; configsMs: number };
  /** The region of secrets that are named without their ARN; null: the environment names none. */
  awsRegion: string | null;
  enter: EnterEnv;
}

/** Reads settings from the given variables; throws one Error that names every bad one. */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Settings.safeParse(given);
  const together = parsed.success ? faultsTogether(parsed.data) : [];
  if (!parsed.success || together.length > 0) {
    const issues = parsed.success ? together : parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`Settings that cannot be used:\n${issues.map((issue) => `  ${issue}`).join("\n")}`);
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
    awsRegion: settings.AWS_REGION ?? null,
    enter: enterOf(settings),
  };
}

/** What each variable alone cannot say. */
function faultsTogether(settings: Settings): string[] {
  const { SIGN_IN, PUBLIC_URL, TRUSTED_HOPS, OIDC_ISSUER, OIDC_CLIENT_ID } = settings;
  const faults: string[] = [];
  if (SIGN_IN === "off" && PUBLIC_URL !== undefined) faults.push("PUBLIC_URL: without sign-in the console answers on loopback only");
  if (SIGN_IN === "off" && TRUSTED_HOPS > 0)
    faults.push("TRUSTED_HOPS: without sign-in the console answers this machine only, and no proxy");
  const usesSso = SIGN_IN === "sso" || SIGN_IN === "both";
  if (usesSso && OIDC_ISSUER === undefined) faults.push("OIDC_ISSUER: single sign-on needs it");
  if (usesSso && OIDC_CLIENT_ID === undefined) faults.push("OIDC_CLIENT_ID: single sign-on needs it");
  if (usesSso && groupRolesOf(settings.OIDC_GROUP_ROLES) === null) {
    faults.push("OIDC_GROUP_ROLES: must be group=role by commas, with the roles product, support and operator");
  }
  if (OIDC_ISSUER !== undefined && isForbiddenHost(new URL(OIDC_ISSUER).hostname)) faults.push(`OIDC_ISSUER: ${FORBIDDEN_HOST}`);
  if (OIDC_ISSUER?.startsWith("http://") && !isLoopback(new URL(OIDC_ISSUER).hostname)) {
    faults.push("OIDC_ISSUER: must be https:// unless it is on this machine");
  }
  return [...faults, ...secretFaults(settings)];
}

function secretFaults({ AWS_REGION, ...settings }: Settings): string[] {
  return (["PROBE_TOKEN", "OIDC_CLIENT_SECRET"] as const).flatMap((name) => {
    const from = settings[`${name}_FROM`];
    if (from === undefined) return [];
    if (settings[name] !== undefined) return [`${name}_FROM: give this or ${name}, not both`];
    const isPlaced = AWS_REGION !== undefined || regionOfSecret(from.secretsManager) !== null;
    return isPlaced ? [] : [`${name}_FROM: a secret that is named without its ARN needs AWS_REGION`];
  });
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

function groupRolesOf(text: string): Map<string, Role> | null {
  const roles = new Map<string, Role>();
  for (const pair of text.split(",").map((one) => one.trim())) {
    const at = pair.lastIndexOf("=");
    const role = ROLES.find((one) => one === pair.slice(at + 1).trim());
    if (at < 1 || role === undefined) return null;
    roles.set(pair.slice(0, at).trim(), role);
  }
  return roles;
}

function enterOf(settings: Settings): EnterEnv {
  const { SIGN_IN, OIDC_ISSUER, OIDC_CLIENT_ID } = settings;
  const usesSso = SIGN_IN === "sso" || SIGN_IN === "both";
  return {
    signIn: SIGN_IN,
    baseUrl: settings.PUBLIC_URL ?? null,
    trustedHops: settings.TRUSTED_HOPS,
    idleMs: settings.SESSION_IDLE_MINUTES * 60_000,
    sessionMs: settings.SESSION_HOURS * 3_600_000,
    recentMs: settings.RECENT_SIGN_IN_MINUTES * 60_000,
    probeToken: settings.PROBE_TOKEN ?? settings.PROBE_TOKEN_FROM ?? null,
    oidc:
      usesSso && OIDC_ISSUER !== undefined && OIDC_CLIENT_ID !== undefined
        ? {
            issuer: OIDC_ISSUER,
            clientId: OIDC_CLIENT_ID,
            clientSecret: settings.OIDC_CLIENT_SECRET ?? settings.OIDC_CLIENT_SECRET_FROM ?? null,
            scopes: settings.OIDC_SCOPES,
            groupClaim: settings.OIDC_GROUP_CLAIM,
            nameClaim: settings.OIDC_NAME_CLAIM,
            groupRoles: groupRolesOf(settings.OIDC_GROUP_ROLES) ?? new Map(),
            label: settings.OIDC_LABEL,
          }
        : null,
  };
}

/** The path below which the console is served, fixed when it is built; empty: the root of its origin. */
export const BASE_PATH = process.env.NEXT_PUBLIC_BASE_PATH ?? "";

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
