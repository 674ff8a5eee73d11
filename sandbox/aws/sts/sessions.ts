import { createHmac, timingSafeEqual } from "node:crypto";
import type { AccessKey } from "./root-keys";
import { keyId } from "./root-keys";

/** Who makes a request, and in which account. */
export interface Caller {
  accountId: string;
  arn: string;
}

export interface TemporaryCredentials extends AccessKey {
  sessionToken: string;
  expiresMs: number;
}

interface Session extends Caller {
  accessKeyId: string;
  issuedMs: number;
  expiresMs: number;
}

export type Resolved = { caller: Caller; secretAccessKey: string } | { refused: "unknown" | "expired" };

/** Temporary credentials that explain themselves: their token holds who they are, so a restart of the service does not void them. */
export interface Sessions {
  issue: (caller: Caller, nowMs: number, durationMs: number) => TemporaryCredentials;
  resolve: (accessKeyId: string, sessionToken: string, nowMs: number) => Resolved;
  /** Lets everything that was issued until now expire. */
  expireAll: (nowMs: number) => void;
}

/** @param secret what tokens are signed with; one who knows it can make them */
export function createSessions(secret: string): Sessions {
  let voidUntilMs = 0;
  const seal = (text: string) => createHmac("sha256", secret).update(text).digest("base64url");
  return {
    issue: (caller, nowMs, durationMs) => {
      const accessKeyId = keyId("ASIA");
      const session: Session = { ...caller, accessKeyId, issuedMs: nowMs, expiresMs: nowMs + durationMs };
      const text = Buffer.from(JSON.stringify(session)).toString("base64url");
      return {
        accessKeyId,
        secretAccessKey: seal(`secret ${accessKeyId}`),
        sessionToken: `${text}.${seal(text)}`,
        expiresMs: session.expiresMs,
      };
    },
    resolve: (accessKeyId, sessionToken, nowMs) => {
      const [text = "", mark = ""] = sessionToken.split(".");
      if (!isEqual(seal(text), mark)) return { refused: "unknown" };
      const session: Session = JSON.parse(Buffer.from(text, "base64url").toString());
      if (session.accessKeyId !== accessKeyId) return { refused: "unknown" };
      if (nowMs >= session.expiresMs || session.issuedMs <= voidUntilMs) return { refused: "expired" };
      return { caller: { accountId: session.accountId, arn: session.arn }, secretAccessKey: seal(`secret ${accessKeyId}`) };
    },
    expireAll: (nowMs) => {
      voidUntilMs = nowMs;
    },
  };
}

function isEqual(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
