import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import {
  type AwsConnection,
  type BrokerAccess,
  type Connection,
  ConnectionsFile,
  type ResolvedAuthentication,
  type ResolvedAwsConnection,
  type ResolvedConnection,
  type ResolvedExporter,
} from "@/lib/domain/connection";
import { AppError, type ErrorDetail } from "@/lib/domain/errors";
import { formatPath, locateIssues } from "@/lib/domain/issues";
import type { ManagedReference, Secret } from "@/lib/domain/secret";
import { readYaml } from "@/lib/operations/yaml/read-yaml";
import { reasonOf, type SecretSources, Secrets } from "./connection-secrets";

/**
 * Reads the clusters' connections and the secrets of variables and files that they refer to; those of Secrets Manager are asked for when
 * they are needed. Throws AppError `invalid` with line and path of everything that is wrong at once; no message holds a secret.
 */
export async function readConnections(file: string, sources: SecretSources): Promise<Connections> {
  const path = resolve(file);
  const text = await readText(path);
  const yaml = await readYaml(text);
  if (yaml.problems.length > 0) throw invalidFile(file, yaml.problems);
  const parsed = ConnectionsFile.safeParse(yaml.value ?? {});
  if (!parsed.success) {
    const details = locateIssues(parsed.error.issues).map(({ path: at, message }) => ({
      path: formatPath(at),
      message,
      line: yaml.lineOf(at),
    }));
    throw invalidFile(file, details);
  }
  const secrets = new Secrets({ folder: dirname(path), sources, accounts: parsed.data.aws, lineOf: yaml.lineOf });
  const aws = await Promise.all(parsed.data.aws.map((account, index) => resolveAws(account, ["aws", index], secrets)));
  const connections = await Promise.all(
    parsed.data.connections.map((connection, index) => resolveConnection(connection, ["connections", index], secrets, aws)),
  );
  const repeated = (["connections", "aws"] as const).flatMap((list) => repeatedIds(list, parsed.data[list], yaml.lineOf));
  const details = [...repeated, ...secrets.missing];
  if (details.length > 0) throw invalidFile(file, details);
  return { clusters: connections, aws };
}

/** Clusters by their own entry, and accounts in which more are found. */
export interface Connections {
  clusters: ResolvedConnection[];
  aws: ResolvedAwsConnection[];
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(/* turbopackIgnore: true */ path, "utf8");
  } catch (cause) {
    throw new AppError("invalid", `CONNECTIONS_FILE ${path} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}

function invalidFile(file: string, details: ErrorDetail[]): AppError {
  const lines = details.map(({ line, path, message }) => `  line ${line}: ${path === "" ? "" : `${path} `}${message}`);
  return new AppError("invalid", `${file} cannot be used:\n${lines.join("\n")}`, { details });
}

function repeatedIds(list: string, entries: readonly { id: string }[], lineOf: (path: PropertyKey[]) => number): ErrorDetail[] {
  const seen = new Set<string>();
  return entries.flatMap(({ id }, index) => {
    const path = [list, index, "id"];
    if (seen.has(id)) return [{ path: formatPath(path), message: `"${id}" is there twice`, line: lineOf(path) }];
    seen.add(id);
    return [];
  });
}

async function resolveConnection(
  connection: Connection,
  at: PropertyKey[],
  secrets: Secrets,
  aws: readonly ResolvedAwsConnection[],
): Promise<ResolvedConnection> {
  const { id, name, mode, bootstrap, arn } = connection;
  const msk = arn === undefined ? null : mskOf(arn, aws);
  return { id, name, mode, bootstrap, ...(await resolveBrokers(connection, at, secrets)), msk, ...managed(connection) };
}

async function resolveAws(account: AwsConnection, at: PropertyKey[], secrets: Secrets): Promise<ResolvedAwsConnection> {
  const { id, accountId, regions, roleArn = null, externalId = null, profile = null, mode, authentication, dollarsPerHour } = account;
  const own = secrets.as(account.id);
  const brokers = authentication === undefined ? null : await resolveBrokers({ ...account, authentication }, at, own);
  return { id, accountId, regions, roleArn, externalId, profile, mode, brokers, dollarsPerHour, ...managed(account) };
}

function managed({ managedElsewhere }: { managedElsewhere?: string }): { managedElsewhere?: string } {
  return managedElsewhere === undefined ? {} : { managedElsewhere };
}

async function resolveBrokers(
  { authentication, tls, exporter, samples }: Pick<Connection, "authentication" | "tls" | "exporter" | "samples">,
  at: PropertyKey[],
  secrets: Secrets,
): Promise<BrokerAccess> {
  return {
    authentication: await resolveAuthentication(authentication, [...at, "authentication"], secrets),
    tls: tls === undefined ? null : await resolveTls(tls, [...at, "tls"], secrets),
    exporter: exporter === undefined ? null : await resolveExporter(exporter, [...at, "exporter"], secrets),
    ...(samples === "off" ? { samples } : {}),
  };
}

/** The first account that reaches the ARN; null: none does, and AWS's side of the cluster stays unknown. */
function mskOf(arn: string, aws: readonly ResolvedAwsConnection[]): ResolvedConnection["msk"] {
  const [, , , region = "", accountId = ""] = arn.split(":");
  const account = aws.find((one) => one.accountId === accountId && one.regions.includes(region));
  return account === undefined ? null : { arn, account: account.id, region };
}

async function resolveExporter(
  { port, intervalSeconds, prometheus }: NonNullable<Connection["exporter"]>,
  at: PropertyKey[],
  secrets: Secrets,
): Promise<ResolvedExporter> {
  const base = { port, intervalMs: intervalSeconds * 1000 };
  if (prometheus === undefined) return { ...base, prometheus: null };
  const { url, labels, brokerLabel, bearerToken } = prometheus;
  const token = bearerToken === undefined ? null : await secrets.read(bearerToken, [...at, "prometheus", "bearerToken"]);
  return { ...base, prometheus: { url, labels, brokerLabel, bearerToken: token } };
}

async function resolveTls(tls: NonNullable<Connection["tls"]>, at: PropertyKey[], secrets: Secrets): Promise<ResolvedConnection["tls"]> {
  const { ca, serverName } = tls;
  return {
    ...(ca === undefined ? {} : { ca: await secrets.read(ca, [...at, "ca"]) }),
    ...(serverName === undefined ? {} : { serverName }),
  };
}

async function resolveAuthentication(
  authentication: Connection["authentication"],
  at: PropertyKey[],
  secrets: Secrets,
): Promise<ResolvedAuthentication> {
  switch (authentication.kind) {
    case "none":
    case "iam":
      return authentication;
    case "mtls":
      return {
        kind: "mtls",
        certificate: await secrets.read(authentication.certificate, [...at, "certificate"]),
        key: await secrets.read(authentication.key, [...at, "key"]),
      };
    default:
      return {
        kind: authentication.kind,
        username: await resolveUsername(authentication.username, [...at, "username"], secrets),
        password: await secrets.read(authentication.password, [...at, "password"]),
      };
  }
}

async function resolveUsername(username: string | ManagedReference, at: PropertyKey[], secrets: Secrets): Promise<Secret> {
  return typeof username === "string" ? username : secrets.read(username, at);
}
