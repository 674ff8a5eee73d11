import { KafkaFailure } from "./failure";

export interface Target {
  /** host:port */
  address: string;
  mechanism: string | null;
  tls: boolean;
}

/** The fields of Node's, platformatic's and kafkajs's errors that say what happened; none of them is in a common type. */
interface ErrorFields {
  code?: unknown;
  message?: unknown;
  apiId?: unknown;
  type?: unknown;
  name?: unknown;
  serverErrorMessage?: unknown;
  response?: { mechanisms?: unknown };
  cause?: unknown;
  errors?: unknown;
}

const UNTRUSTED = new Set([
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_SIGNATURE_FAILURE",
]);

const UNREACHED: Record<string, string> = {
  ECONNREFUSED: "nothing listens there (connection refused)",
  EHOSTUNREACH: "no route to the host",
  ENETUNREACH: "no route to the network",
  ECONNRESET: "the other side closed the connection",
  EPIPE: "the other side closed the connection",
};

/** What a thrown error of Node, @platformatic/kafka or kafkajs means, in our words. Never holds a secret. */
export function failureOf(error: unknown, target: Target): KafkaFailure {
  const chain = causes(error);
  const ours = chain.find((part) => part instanceof KafkaFailure);
  if (ours instanceof KafkaFailure) return ours;
  return signInFailure(chain, target) ?? tlsFailure(chain, target) ?? networkFailure(chain, target, error);
}

function signInFailure(chain: ErrorFields[], target: Target): KafkaFailure | null {
  const mechanism = target.mechanism ?? "no";
  const unsupported = chain.find((part) => part.apiId === "UNSUPPORTED_SASL_MECHANISM" || part.type === "UNSUPPORTED_SASL_MECHANISM");
  if (unsupported || chain.some((part) => text(part.message).includes("mechanism is not supported by the server"))) {
    const offered = chain.map((part) => part.response?.mechanisms).find(Array.isArray);
    return new KafkaFailure("authentication", `${target.address} does not accept ${mechanism} sign-in.`, {
      remedy: offered ? `Use one of: ${offered.join(", ")}.` : "Use the port and mechanism that the cluster offers.",
      cause: chain[0],
    });
  }
  if (chain.some(isClosing)) return null;
  const refused = chain.find((part) => part.apiId === "SASL_AUTHENTICATION_FAILED" || part.type === "SASL_AUTHENTICATION_FAILED");
  const named = chain.find((part) => part.code === "PLT_KFK_AUTHENTICATION" || part.name === "KafkaJSSASLAuthenticationError");
  if (!refused && !named) return null;
  const sentence = text(refused?.serverErrorMessage) || text(chain.at(-1)?.message) || "sign-in refused";
  return new KafkaFailure("authentication", `${target.address} refused the ${mechanism} sign-in: ${sentence}`, {
    remedy: "Check the user name, the password or role, and that the credential exists on this cluster.",
    cause: chain[0],
  });
}

function tlsFailure(chain: ErrorFields[], target: Target): KafkaFailure | null {
  const cause = chain[0];
  for (const part of chain) {
    const code = text(part.code);
    const message = text(part.message);
    if (UNTRUSTED.has(code)) {
      return new KafkaFailure(
        "unreachable",
        `TLS with ${target.address} failed: the broker's certificate is from an unknown authority (${code}).`,
        {
          remedy: "Name the authority's certificate as tls.ca of the connection.",
          cause,
        },
      );
    }
    if (code === "ERR_TLS_CERT_ALTNAME_INVALID" || code === "HOSTNAME_MISMATCH") {
      return new KafkaFailure("unreachable", `TLS with ${target.address} failed: the certificate is for another name. ${message}`, {
        remedy: "Use the name in the certificate, or set tls.serverName of the connection.",
        cause,
      });
    }
    if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
      return new KafkaFailure("unreachable", `TLS with ${target.address} failed: the broker's certificate is not valid now (${code}).`, {
        cause,
      });
    }
    if (
      /ALERT_(CERTIFICATE|BAD_CERTIFICATE|UNKNOWN_CA|HANDSHAKE)|alert (certificate|bad certificate|unknown ca|handshake)/i.test(
        `${code} ${message}`,
      )
    ) {
      return new KafkaFailure("authentication", `${target.address} refused the client certificate (${code || message}).`, {
        remedy: "Give a client certificate from an authority that the cluster trusts.",
        cause,
      });
    }
    if (/Broker requires TLS/.test(message)) return needsTls(target, cause);
    if (/TLS handshake failed|wrong version number|before secure TLS connection|ERR_SSL_WRONG_VERSION/i.test(`${code} ${message}`)) {
      return new KafkaFailure("unreachable", `TLS with ${target.address} failed: the port does not speak TLS or cut the handshake off.`, {
        remedy: "Use a TLS port of the cluster (MSK: 9094, 9096 or 9098), or remove tls from the connection.",
        cause,
      });
    }
  }
  return null;
}

function needsTls(target: Target, cause: unknown): KafkaFailure {
  return new KafkaFailure("unreachable", `${target.address} expects TLS and the connection has none.`, {
    remedy: "Add tls to the connection.",
    cause,
  });
}

function networkFailure(chain: ErrorFields[], target: Target, cause: unknown): KafkaFailure {
  for (const part of chain) {
    const code = text(part.code);
    const message = text(part.message);
    if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
      return new KafkaFailure("unreachable", `The name in ${target.address} does not resolve (${code}).`, {
        remedy: "Check the bootstrap address, and that the console's DNS can see the cluster's private names.",
        cause,
      });
    }
    if (code === "ETIMEDOUT" || /timed out|timeout/i.test(message)) return silence(target.address, cause);
    const why = UNREACHED[code];
    if (why !== undefined) {
      return new KafkaFailure("unreachable", `${target.address} was not reached: ${why}.`, {
        remedy: "Check that the broker runs and that security groups and routes let the console in.",
        cause,
      });
    }
  }
  if (chain.some(isClosing)) return closedConnection(target, cause);
  const message = text(chain.at(-1)?.message) || "no reason given";
  return new KafkaFailure("unreachable", `${target.address} was not reached: ${message}`, { cause });
}

/** Nothing was heard within the deadline. */
export function silence(address: string, cause?: unknown): KafkaFailure {
  return new KafkaFailure("timeout", `${address} did not answer in time.`, {
    remedy: "Check that security groups and routes let the console in, and that the broker is not overloaded.",
    cause,
  });
}

function isClosing(part: ErrorFields): boolean {
  return /connection closed|closed connection/i.test(text(part.message));
}

/** The connection ended before the answer came. */
export function closedConnection(target: Target, cause?: unknown): KafkaFailure {
  const remedy = !target.tls
    ? "Check that the broker runs, and whether this port expects TLS."
    : target.mechanism === "OAUTHBEARER"
      ? "Check that the broker runs and that the role may connect (kafka-cluster:Connect): a refused token ends like this."
      : "Check that the broker runs.";
  return new KafkaFailure("unreachable", `${target.address} closed the connection.`, { remedy, cause });
}

/** The error, its causes and its gathered errors, outermost first. */
function causes(error: unknown, depth = 0): ErrorFields[] {
  if (typeof error !== "object" || error === null || depth > 8) return [];
  const fields = error as ErrorFields;
  const inner = Array.isArray(fields.errors) ? fields.errors.slice(0, 5) : [];
  return [fields, ...inner.flatMap((part) => causes(part, depth + 1)), ...causes(fields.cause, depth + 1)];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
