import { AwsError } from "@/sandbox/aws/http/aws-error";
import type { WireRequest } from "@/sandbox/aws/http/request";
import type { SignedBy } from "@/sandbox/aws/http/sigv4";
import { isSignedWith } from "@/sandbox/aws/http/sigv4";
import type { AccessKey } from "./root-keys";
import type { Caller, Resolved, Sessions } from "./sessions";

const SKEW_MS = 5 * 60_000;

/** Who may call: the sandbox's key, and what AssumeRole handed out. */
export interface Keyring {
  root: AccessKey & { caller: Caller };
  sessions: Sessions;
}

/** Checks key, signature and time of a request, in AWS's order. Throws the error AWS answers with. */
export function authenticate(keyring: Keyring, by: SignedBy, request: WireRequest, nowMs: number): Caller {
  const key = keyOf(keyring, by, nowMs);
  if ("refused" in key) {
    if (key.refused === "expired")
      throw new AwsError("ExpiredTokenException", 403, "The security token included in the request is expired");
    throw new AwsError("UnrecognizedClientException", 403, "The security token included in the request is invalid.");
  }
  if (!isSignedWith(key.secretAccessKey, by, request)) throw new AwsError("InvalidSignatureException", 403, MISMATCH);
  const signedMs = Date.parse(by.timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (!(Math.abs(nowMs - signedMs) <= SKEW_MS)) {
    const now = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, "");
    throw new AwsError(
      "InvalidSignatureException",
      403,
      `Signature expired: ${by.timestamp} is now earlier or later than ${now} by over 5 min.`,
    );
  }
  return key.caller;
}

const MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. " +
  "Consult the service documentation for details.";

function keyOf({ root, sessions }: Keyring, by: SignedBy, nowMs: number): Resolved {
  if (by.sessionToken !== null) return sessions.resolve(by.accessKeyId, by.sessionToken, nowMs);
  return by.accessKeyId === root.accessKeyId ? root : { refused: "unknown" };
}
