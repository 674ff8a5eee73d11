import { isDeepStrictEqual } from "node:util";
import type { AwsRegion } from "@/lib/aws";
import type { ResolvedAuthentication, ResolvedAwsConnection, ResolvedConnection } from "@/lib/domain/connection";
import type { Problem } from "@/lib/domain/facts";
import type { MskBootstrap, MskCluster } from "@/lib/domain/msk-facts";

/** What one look at one account's region found. */
export interface FoundClusters {
  account: ResolvedAwsConnection;
  region: string;
  /** null: the region did not tell; the clusters found there before stay. */
  connections: ResolvedConnection[] | null;
  problems: Problem[];
}

export interface FindOptions {
  account: ResolvedAwsConnection;
  region: AwsRegion;
  /** ARNs of clusters that have an entry of their own. */
  declared: ReadonlySet<string>;
  /** Ids by ARN that were given before, so that a cluster keeps its address. */
  ids: (cluster: MskCluster) => string;
}

/** Looks for the MSK clusters of one account in one region, and says how each is reached. */
export async function findClusters({ account, region, declared, ids }: FindOptions): Promise<FoundClusters> {
  const { value, problems } = await region.listClusters();
  const found = { account, region: region.region, problems };
  if (value === null) return { ...found, connections: null };
  const connections = await Promise.all(
    value.filter(({ arn, state }) => !declared.has(arn) && state !== "DELETING").map((cluster) => connect(cluster, account, region, ids)),
  );
  return { ...found, connections };
}

async function connect(
  cluster: MskCluster,
  account: ResolvedAwsConnection,
  region: AwsRegion,
  ids: FindOptions["ids"],
): Promise<ResolvedConnection> {
  const { brokers, id, mode, managedElsewhere } = account;
  const told = brokers === null ? null : (await region.readBootstrap(cluster.arn)).value;
  const bootstrap = brokers === null || told === null ? [] : addressesFor(brokers.authentication, told);
  return {
    id: ids(cluster),
    name: cluster.name,
    mode,
    bootstrap,
    authentication: brokers?.authentication ?? { kind: "none" },
    tls: brokers?.tls ?? null,
    exporter: bootstrap.length === 0 ? null : (brokers?.exporter ?? null),
    ...(brokers?.samples === undefined ? {} : { samples: brokers.samples }),
    msk: { arn: cluster.arn, account: id, region: region.region },
    ...(managedElsewhere === undefined ? {} : { managedElsewhere }),
  };
}

/** The addresses of the way of entry that fits the sign-in; the private ones where both are turned on. Empty: that way is not turned on. */
export function addressesFor({ kind }: ResolvedAuthentication, told: MskBootstrap): string[] {
  switch (kind) {
    case "none":
      return told.plaintext ?? told.tls ?? [];
    case "mtls":
      return told.tls ?? told.publicTls ?? [];
    case "iam":
      return told.iam ?? told.publicIam ?? [];
    default:
      return told.scram ?? told.publicScram ?? [];
  }
}

const SLUG_MAX = 63;

/**
 * Gives clusters ids that fit an address: the name, and where another cluster has it already the name with region, then with account.
 * A cluster keeps what it was given.
 */
export function createIds(taken: Iterable<string>): FindOptions["ids"] {
  const byArn = new Map<string, string>();
  const used = new Set(taken);
  return ({ arn, name, region, accountId }) => {
    const given = byArn.get(arn);
    if (given !== undefined) return given;
    const base = slugOf(name);
    const candidates = [base, `${base}-${region}`, `${base}-${region}-${accountId}`].map((each) => each.slice(0, SLUG_MAX));
    let id = candidates.find((each) => !used.has(each));
    for (let next = 2; id === undefined; next += 1) {
      const numbered = `${base.slice(0, SLUG_MAX - 6)}-${next}`;
      if (!used.has(numbered)) id = numbered;
    }
    used.add(id);
    byArn.set(arn, id);
    return id;
  };
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .replace(/^-+/, "");
  return slug === "" ? "cluster" : slug;
}

export function isSameConnection(a: ResolvedConnection, b: ResolvedConnection): boolean {
  return isDeepStrictEqual(a, b);
}
