import type { SASLOptions } from "kafkajs";
import { iamToken } from "@/lib/kafka/auth/iam-token";
import type { SignIn } from "@/lib/kafka/auth/sign-in";
import { type TlsOptions, tlsOptions } from "@/lib/kafka/auth/tls-options";

/** TLS and SASL of a connection to one host, in kafkajs's words. */
export function recordSignIn(signIn: SignIn, host: string): { ssl: TlsOptions | null; sasl: SASLOptions | null } {
  return { ssl: tlsOptions(signIn, host), sasl: saslOptions(signIn) };
}

function saslOptions({ authentication }: SignIn): SASLOptions | null {
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
