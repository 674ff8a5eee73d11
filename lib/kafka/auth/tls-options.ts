import { isIP } from "node:net";
import type { ConnectionOptions } from "node:tls";
import type { SignIn } from "./sign-in";

export type TlsOptions = Pick<ConnectionOptions, "ca" | "cert" | "key" | "servername">;

/**
 * TLS towards one host, or null where the connection has none. Mutual TLS and IAM imply TLS.
 * The name is always sent (SNI), as load balancers and MSK's private links need it; an address cannot be sent (RFC 6066).
 */
export function tlsOptions({ authentication, tls }: SignIn, host: string): TlsOptions | null {
  const implied = authentication.kind === "mtls" || authentication.kind === "iam";
  if (tls === null && !implied) return null;
  const servername = tls?.serverName ?? (isIP(host) === 0 ? host : undefined);
  return {
    ...(tls?.ca === undefined ? {} : { ca: tls.ca }),
    ...(authentication.kind === "mtls" ? { cert: authentication.certificate, key: authentication.key } : {}),
    ...(servername === undefined ? {} : { servername }),
  };
}
