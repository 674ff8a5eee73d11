import { z } from "zod";
import { Slug } from "./slug";

/** Where a secret lies. The secret itself is never in a file of the console. A relative file is relative to the connections file. */
export const SecretReference = z.union([z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })]);
export type SecretReference = z.infer<typeof SecretReference>;

const Password = z.strictObject({
  kind: z.enum(["scram-sha-512", "scram-sha-256", "plain"]),
  username: z.string().min(1),
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

/** A cluster by its bootstrap addresses, how to sign in, and where its brokers' exporters listen. */
export const Connection = z.strictObject({
  id: Slug,
  name: z.string().min(1).max(80),
  /** In `observe` nothing is ever written. */
  mode: z.enum(["observe", "operate"]).default("observe"),
  bootstrap: z
    .array(z.string().regex(/^(\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}$/, "must be host:port"))
    .min(1)
    .max(60),
  authentication: Authentication,
  /** Absent: no TLS. `{}`: TLS with the system's authorities. */
  tls: z.strictObject({ ca: SecretReference.exactOptional(), serverName: z.string().exactOptional() }).exactOptional(),
  /** The brokers' JMX exporters (MSK open monitoring: port 11001). Absent: not scraped. AWS advises 60 s or slower. */
  exporter: z
    .strictObject({ port: z.int().min(1).max(65535).default(11001), intervalSeconds: z.int().min(5).max(3600).default(60) })
    .exactOptional(),
});
export type Connection = z.infer<typeof Connection>;

export const ConnectionsFile = z.strictObject({ connections: z.array(Connection).max(200) });

/** How to sign in, with the secrets in hand. Lives in server memory only: never logged, stored or sent. */
export type ResolvedAuthentication =
  | { kind: "none" }
  | { kind: "scram-sha-512" | "scram-sha-256" | "plain"; username: string; password: string }
  | { kind: "mtls"; certificate: string; key: string }
  | { kind: "iam"; region: string; roleArn?: string; roleSessionName: string; profile?: string };

export interface ResolvedConnection {
  id: string;
  name: string;
  mode: "observe" | "operate";
  bootstrap: string[];
  authentication: ResolvedAuthentication;
  tls: { ca?: string; serverName?: string } | null;
  exporter: { port: number; intervalMs: number } | null;
}
