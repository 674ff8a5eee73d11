import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import {
  type Connection,
  ConnectionsFile,
  type ResolvedAuthentication,
  type ResolvedConnection,
  type ResolvedExporter,
  type SecretReference,
} from "@/lib/domain/connection";
import { AppError, type ErrorDetail } from "@/lib/domain/errors";
import { formatPath, locateIssues } from "@/lib/domain/issues";
import { readYaml } from "@/lib/operations/yaml/read-yaml";

/** Reads a secret by name from the environment; undefined: not set. */
export type ReadVariable = (name: string) => string | undefined;

/**
 * Reads the clusters' connections and the secrets they refer to. Throws AppError `invalid` with line and path of everything that is
 * wrong at once; no message holds a secret.
 */
export async function readConnections(file: string, variable: ReadVariable): Promise<ResolvedConnection[]> {
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
  const secrets = new Secrets(dirname(path), variable, yaml.lineOf);
  const connections = await Promise.all(
    parsed.data.connections.map((connection, index) => resolveConnection(connection, ["connections", index], secrets)),
  );
  const details = [...repeatedIds(parsed.data.connections, yaml.lineOf), ...secrets.missing];
  if (details.length > 0) throw invalidFile(file, details);
  return connections;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(/* turbopackIgnore: true */ path, "utf8");
  } catch (cause) {
    throw new AppError("invalid", `CONNECTIONS_FILE ${path} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EACCES") return "permission denied";
  return code ?? "unknown error";
}

function invalidFile(file: string, details: ErrorDetail[]): AppError {
  const lines = details.map(({ line, path, message }) => `  line ${line}: ${path === "" ? "" : `${path} `}${message}`);
  return new AppError("invalid", `${file} cannot be used:\n${lines.join("\n")}`, { details });
}

function repeatedIds(connections: readonly Connection[], lineOf: (path: PropertyKey[]) => number): ErrorDetail[] {
  const seen = new Set<string>();
  return connections.flatMap(({ id }, index) => {
    const path = ["connections", index, "id"];
    if (seen.has(id)) return [{ path: formatPath(path), message: `"${id}" is there twice`, line: lineOf(path) }];
    seen.add(id);
    return [];
  });
}

/** Fetches referenced secrets and collects what is missing, so that one start names all of it. */
class Secrets {
  readonly missing: ErrorDetail[] = [];
  constructor(
    private readonly folder: string,
    private readonly variable: ReadVariable,
    private readonly lineOf: (path: PropertyKey[]) => number,
  ) {}

  async read(reference: SecretReference, at: PropertyKey[]): Promise<string> {
    if ("env" in reference) {
      const value = this.variable(reference.env);
      if (value !== undefined && value !== "") return value;
      return this.miss(at, `the variable ${reference.env} is not set`);
    }
    const file = resolve(this.folder, reference.file);
    try {
      const value = (await readFile(/* turbopackIgnore: true */ file, "utf8")).replace(/\r?\n$/, "");
      return value === "" ? this.miss(at, `${file} is empty`) : value;
    } catch (error) {
      return this.miss(at, `${file} cannot be read: ${reasonOf(error)}`);
    }
  }

  private miss(at: PropertyKey[], message: string): string {
    this.missing.push({ path: formatPath(at), message, line: this.lineOf(at) });
    return "";
  }
}

async function resolveConnection(connection: Connection, at: PropertyKey[], secrets: Secrets): Promise<ResolvedConnection> {
  const { id, name, mode, bootstrap, tls, exporter } = connection;
  return {
    id,
    name,
    mode,
    bootstrap,
    authentication: await resolveAuthentication(connection.authentication, [...at, "authentication"], secrets),
    tls: tls === undefined ? null : await resolveTls(tls, [...at, "tls"], secrets),
    exporter: exporter === undefined ? null : await resolveExporter(exporter, [...at, "exporter"], secrets),
    msk: null,
  };
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
      return { ...authentication, password: await secrets.read(authentication.password, [...at, "password"]) };
  }
}
