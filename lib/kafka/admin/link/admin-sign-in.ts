import type { ConnectionOptions, SASLOptions } from "@platformatic/kafka";
import { iamToken } from "@/lib/kafka/auth/iam-token";
import { MECHANISMS } from "@/lib/kafka/auth/mechanism";
import type { SignIn } from "@/lib/kafka/auth/sign-in";
import { tlsOptions } from "@/lib/kafka/auth/tls-options";
import { KafkaFailure } from "@/lib/kafka/problems/failure";

/** TLS and SASL of a connection to one host, in @platformatic/kafka's words. */
export function adminSignIn(signIn: SignIn, host: string): Pick<ConnectionOptions, "tls" | "tlsServerName" | "sasl"> {
  const tls = tlsOptions(signIn, host);
  const sasl = saslOptions(signIn);
  return {
    ...(tls === null ? {} : { tls, ...(tls.servername === undefined ? {} : { tlsServerName: tls.servername }) }),
    ...(sasl === null ? {} : { sasl }),
  };
}

function saslOptions({ authentication }: SignIn): SASLOptions | null {
  switch (authentication.kind) {
    case "none":
    case "mtls":
      return null;
    case "iam":
      return { mechanism: MECHANISMS.iam, token: () => iamToken(authentication), authBytesValidator: refuseTokenError };
    default:
      return { mechanism: MECHANISMS[authentication.kind], username: authentication.username, password: authentication.password };
  }
}

/** A broker refuses a token with a JSON reason in an answer that is no error (RFC 7628, 3.2.2); a good token gets nothing. */
export function refuseTokenError(authBytes: Buffer, callback: (error: Error | null, authBytes?: Buffer) => void): void {
  if (authBytes.length <= 1) callback(null, authBytes);
  else callback(new KafkaFailure("authentication", `The broker refused the token: ${authBytes.toString("utf8").slice(0, 200)}`));
}
