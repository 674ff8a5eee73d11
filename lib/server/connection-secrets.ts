import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { AwsConnection, AwsIdentity } from "@/lib/domain/connection";
import type { ErrorDetail } from "@/lib/domain/errors";
import { formatPath } from "@/lib/domain/issues";
import { type ManagedReference, regionOfSecret, type Secret, type SecretReference } from "@/lib/domain/secret";
import type { HoldSecret } from "./managed-secrets";

/** Where secrets come from, beside files. */
export interface SecretSources {
  /** Reads a variable of the environment; undefined: not set. */
  variable: (name: string) => string | undefined;
  /** The region of names that say none; null: there is none. */
  region: string | null;
  managed: HoldSecret;
}

interface SecretsOptions {
  /** Relative files are relative to it. */
  folder: string;
  sources: SecretSources;
  accounts: readonly Pick<AwsConnection, "id" | "regions" | "roleArn" | "externalId" | "profile">[];
  lineOf: (path: PropertyKey[]) => number;
}

/** Fetches referenced secrets and collects what is missing, so that one start names all of it. */
export class Secrets {
  readonly missing: ErrorDetail[];
  constructor(
    private readonly options: SecretsOptions,
    /** The entry under `aws` as which secrets are read whose reference names none. */
    private readonly account: string | null = null,
    missing: ErrorDetail[] = [],
  ) {
    this.missing = missing;
  }

  /** The same, for what stands inside an entry under `aws`. */
  as(account: string): Secrets {
    return new Secrets(this.options, account, this.missing);
  }

  async read(reference: SecretReference, at: PropertyKey[]): Promise<Secret> {
    if ("secretsManager" in reference) return this.hold(reference, at);
    if ("env" in reference) {
      const value = this.options.sources.variable(reference.env);
      if (value !== undefined && value !== "") return value;
      return this.miss(at, `the variable ${reference.env} is not set`);
    }
    const file = resolve(this.options.folder, reference.file);
    try {
      const value = (await readFile(/* turbopackIgnore: true */ file, "utf8")).replace(/\r?\n$/, "");
      return value === "" ? this.miss(at, `${file} is empty`) : value;
    } catch (error) {
      return this.miss(at, `${file} cannot be read: ${reasonOf(error)}`);
    }
  }

  private async hold({ secretsManager, key, region: named, account = this.account ?? undefined }: ManagedReference, at: PropertyKey[]) {
    const { accounts, sources } = this.options;
    const entry = accounts.find(({ id }) => id === account);
    if (account !== undefined && entry === undefined) return this.miss(at, `there is no entry "${account}" under aws`);
    const region = regionOfSecret(secretsManager) ?? named ?? onlyOf(entry?.regions) ?? sources.region;
    if (region === null) return this.miss(at, "the region of the secret is not known: give its ARN or its region, or set AWS_REGION");
    return sources.managed({ secretId: secretsManager, key: key ?? null, region, identity: identityOf(entry) });
  }

  private miss(at: PropertyKey[], message: string): string {
    this.missing.push({ path: formatPath(at), message, line: this.options.lineOf(at) });
    return "";
  }
}

function onlyOf<T>(list: readonly T[] = []): T | null {
  return list.length === 1 ? (list[0] ?? null) : null;
}

/** Without an entry: the console's own credentials. */
function identityOf(entry: Partial<AwsIdentity> | undefined): AwsIdentity {
  const { roleArn = null, externalId = null, profile = null } = entry ?? {};
  return { roleArn, externalId, profile };
}

export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EACCES") return "permission denied";
  return code ?? "unknown error";
}
