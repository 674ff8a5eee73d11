import type { SASLOptions } from "kafkajs";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { iamToken } from "@/lib/kafka/auth/iam-token";
import { type TlsOptions, tlsOptions } from "@/lib/kafka/auth/tls-options";

/** TLS and SASL of a connection to one host, in kafkajs's words. */
export function recordSignIn(connection: ResolvedConnection, host: string): { ssl: TlsOptions | null; sasl: SASLOptions | null } {
  return { ssl: tlsOptions(connection, host), sasl: saslOptions(connection) };
}

function saslOptions({ authentication }: ResolvedConnection): SASLOptions | null {
  switch (authentication.kind) {
    case "none":
    case "mtls":
      return null;
    case "iam":
      return { mechanism: "oauthbearer", oauthBearerProvider: async () => ({ value: await iamToken(authentication) }) };
    default:
      return { mechanism: authentication.kind, username: authentication.username, password: authentication.password };
  }
}
