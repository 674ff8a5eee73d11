import type { ResolvedAuthentication } from "@/lib/domain/connection";

/** The SASL mechanism of a way to sign in; null: none, or by certificate. */
export const MECHANISMS = {
  none: null,
  mtls: null,
  plain: "PLAIN",
  "scram-sha-256": "SCRAM-SHA-256",
  "scram-sha-512": "SCRAM-SHA-512",
  iam: "OAUTHBEARER",
} as const satisfies Record<ResolvedAuthentication["kind"], string | null>;
