import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const BYTES = 32;

/** A random token of 256 bits, and what is kept of it. */
export function newToken(prefix = ""): { token: string; hash: string } {
  const token = `${prefix}${randomBytes(BYTES).toString("base64url")}`;
  return { token, hash: hashToken(token) };
}

/** Whoever reads the store cannot turn it back; no salt is needed, because the token itself is random. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Whether two secrets are the same, in a time that tells nothing of where they differ. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(createHash("sha256").update(given).digest(), createHash("sha256").update(expected).digest());
}
