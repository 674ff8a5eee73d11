import type { BrokerAccess, ResolvedAuthentication, ResolvedTls } from "@/lib/domain/connection";
import { readSecret, refuseSecret, type Secret } from "@/lib/domain/secret";
import { KafkaFailure } from "@/lib/kafka/problems/failure";

/** What one sign-in needs, as plain text. Made anew for each connection and kept nowhere. */
export interface SignIn {
  authentication: ResolvedAuthentication<string>;
  tls: ResolvedTls<string> | null;
}

/** A sign-in, and whom to tell that it was refused, so that what was rotated meanwhile is asked for anew. */
export interface ReadSignIn {
  signIn: SignIn;
  refused: () => void;
}

/** Reads the secrets of a connection. Rejects with an `authentication` failure that names the one that cannot be had. */
export async function readSignIn({ authentication, tls }: Pick<BrokerAccess, "authentication" | "tls">): Promise<ReadSignIn> {
  const used: [Secret, string][] = [];
  const text = async (secret: Secret): Promise<string> => {
    const answer = await readSecret(secret);
    if (!answer.ok) {
      const { message, remedy } = answer.problem;
      throw new KafkaFailure("authentication", message, { remedy });
    }
    used.push([secret, answer.value]);
    return answer.value;
  };
  const [authenticationRead, tlsRead] = await Promise.all([
    readAuthentication(authentication, text),
    tls === null ? null : readTls(tls, text),
  ]);
  return {
    signIn: { authentication: authenticationRead, tls: tlsRead },
    refused: () => used.forEach(([secret, value]) => void refuseSecret(secret, value)),
  };
}

type Text = (secret: Secret) => Promise<string>;

async function readAuthentication(authentication: ResolvedAuthentication, text: Text): Promise<ResolvedAuthentication<string>> {
  switch (authentication.kind) {
    case "none":
    case "iam":
      return authentication;
    case "mtls": {
      const [certificate, key] = await Promise.all([text(authentication.certificate), text(authentication.key)]);
      return { kind: "mtls", certificate, key };
    }
    default: {
      // At the same time, so that both are of one version of a secret that holds both.
      const [username, password] = await Promise.all([text(authentication.username), text(authentication.password)]);
      return { kind: authentication.kind, username, password };
    }
  }
}

async function readTls({ ca, ...rest }: ResolvedTls, text: Text): Promise<ResolvedTls<string>> {
  return ca === undefined ? rest : { ...rest, ca: await text(ca) };
}
