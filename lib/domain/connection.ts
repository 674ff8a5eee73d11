import { z } from "zod";
import { FORBIDDEN_HOST, isForbiddenHost, isForbiddenUrl } from "./forbidden-host";
import { ManagedReference, type Secret, SecretReference } from "./secret";
import { Slug } from "./slug";

const Password = z.strictObject({
  kind: z.enum(["scram-sha-512", "scram-sha-256", "plain"]),
  /** A name, or where it stands in the secret that holds the password. */
  username: z.union([z.string().min(1), ManagedReference]),
  password: SecretReference,
});
const Certificate = z.strictObject({ kind: z.literal("mtls"), certificate: SecretReference, key: SecretReference });
const Iam = z.strictObject({
  kind: z.literal("iam"),
  region: z.string().min(1),
  roleArn: z.string().startsWith("arn:").exactOptional(),
  /** Must stay the same: brokers refuse a changed principal when a connection signs in again. */
  roleSessionName: z.string().min(2).max(64).default("tenant-console"),
  profile: z.string().min(1).exactOptional(),
});

export const Authentication = z.discriminatedUnion("kind", [z.strictObject({ kind: z.literal("none") }), Password, Certificate, Iam]);
export type Authentication = z.infer<typeof Authentication>;

const Tls = z.strictObject({ ca: SecretReference.exactOptional(), serverName: z.string().exactOptional() });

/**
 * The brokers' JMX exporters (MSK open monitoring: port 11001). AWS advises 60 s or slower. With `prometheus` the series are read from
 * a Prometheus that collects them already, by its query API; `labels` choose this cluster's series there.
 */
const Exporter = z.strictObject({
  port: z.int().min(1).max(65535).default(11001),
  intervalSeconds: z.int().min(5).max(3600).default(60),
  prometheus: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }).refine((url) => !isForbiddenUrl(url), FORBIDDEN_HOST),
      labels: z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/), z.string()).default({}),
      /** The label that tells brokers apart, and holds the broker's host name or number. */
      brokerLabel: z
        .string()
        .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/)
        .default("instance"),
      bearerToken: SecretReference.exactOptional(),
    })
    .exactOptional(),
});

/** What changes the cluster's topics and quotas instead of the console, such as "Terraform": then the console plans and gives the patch. */
const ManagedElsewhere = z.string().trim().min(1).max(120).exactOptional();

/** A cluster by its bootstrap addresses, how to sign in, and where its brokers' exporters listen. */
export const Connection = z.strictObject({
  id: Slug,
  name: z.string().min(1).max(80),
  /** In `observe` nothing is ever written. */
  mode: z.enum(["observe", "operate"]).default("observe"),
  bootstrap: z
    .array(
      z
        .string()
        .regex(/^(\[[0-9a-fA-F:.]+\]|[^:\s]+):\d{1,5}$/, "must be host:port")
        .refine((address) => !isForbiddenHost(address.replace(/:\d+$/, "")), FORBIDDEN_HOST),
    )
    .min(1)
    .max(60),
  authentication: Authentication,
  /** Absent: no TLS. `{}`: TLS with the system's authorities. */
  tls: Tls.exactOptional(),
  /** Absent: not scraped. */
  exporter: Exporter.exactOptional(),
  /** `off`: no record is ever read to check how tenants are told apart in it, nor for anybody to look at. */
  samples: z.enum(["on", "off"]).exactOptional(),
  /** The MSK cluster this is; an entry under `aws` that reaches its account and region then tells AWS's side of it. */
  arn: z
    .string()
    .regex(/^arn:aws[a-z-]*:kafka:[a-z0-9-]+:\d{12}:cluster\/[^/]+\/[^/]+$/, "must be the ARN of an MSK cluster")
    .exactOptional(),
  managedElsewhere: ManagedElsewhere,
});
export type Connection = z.infer<typeof Connection>;

/** An account as a role sees it: every MSK cluster in its regions is found and shown. */
export const AwsConnection = z.strictObject({
  id: Slug,
  /** Twelve digits; says which ARNs this entry reaches before anything was asked. */
  accountId: z.string().regex(/^\d{12}$/, "must be twelve digits"),
  regions: z
    .array(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a region such as eu-central-1"))
    .min(1)
    .max(30),
  /** Absent: the credentials of the console's own environment. */
  roleArn: z.string().startsWith("arn:").exactOptional(),
  externalId: z.string().min(2).max(1224).exactOptional(),
  profile: z.string().min(1).exactOptional(),
  /** `observe` for the clusters that are found. */
  mode: z.enum(["observe", "operate"]).default("observe"),
  /** How to sign in to the brokers of clusters that are found. Absent: they are known through AWS only. */
  authentication: Authentication.exactOptional(),
  tls: Tls.exactOptional(),
  exporter: Exporter.exactOptional(),
  samples: z.enum(["on", "off"]).exactOptional(),
  /** US dollars an hour for GetMetricData in each region; above it series are asked for less often. */
  dollarsPerHour: z.number().positive().default(1),
  managedElsewhere: ManagedElsewhere,
});
export type AwsConnection = z.infer<typeof AwsConnection>;

export const ConnectionsFile = z.strictObject({
  connections: z.array(Connection).max(200).default([]),
  aws: z.array(AwsConnection).max(100).default([]),
});

/**
 * How to sign in, with the secrets in hand or held: as plain text (`S` is string) for the moment of one sign-in alone. Lives in server
 * memory only: never logged, stored or sent.
 */
export type ResolvedAuthentication<S extends Secret = Secret> =
  | { kind: "none" }
  | { kind: "scram-sha-512" | "scram-sha-256" | "plain"; username: S; password: S }
  | { kind: "mtls"; certificate: S; key: S }
  | { kind: "iam"; region: string; roleArn?: string; roleSessionName: string; profile?: string };

export interface ResolvedTls<S extends Secret = Secret> {
  ca?: S;
  serverName?: string;
}

export interface ResolvedExporter {
  port: number;
  intervalMs: number;
  prometheus: { url: string; labels: Record<string, string>; brokerLabel: string; bearerToken: Secret | null } | null;
}

/** How brokers are reached, the same for a cluster that is written down and one that is found. */
export interface BrokerAccess {
  authentication: ResolvedAuthentication;
  tls: ResolvedTls | null;
  exporter: ResolvedExporter | null;
  /** Absent: on. */
  samples?: "off";
}

export interface ResolvedConnection extends BrokerAccess {
  id: string;
  name: string;
  mode: "observe" | "operate";
  /** Empty: the brokers are not asked, and the cluster is known through AWS only. */
  bootstrap: string[];
  /** AWS's side of it; null: no entry under `aws` reaches it. `account` is that entry's id. */
  msk: { arn: string; account: string; region: string } | null;
  /** Who changes its resources instead of the console. */
  managedElsewhere?: string;
}

/** As whom AWS is asked: a role taken on, a profile, or with neither the console's own credentials. */
export interface AwsIdentity {
  roleArn: string | null;
  externalId: string | null;
  profile: string | null;
}

export interface ResolvedAwsConnection extends AwsIdentity {
  id: string;
  accountId: string;
  regions: string[];
  mode: "observe" | "operate";
  /** null: clusters that are found are known through AWS only. */
  brokers: BrokerAccess | null;
  dollarsPerHour: number;
  managedElsewhere?: string;
}
