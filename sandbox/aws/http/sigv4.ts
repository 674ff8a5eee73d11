/**
 * Signature Version 4, the server's half. Written from AWS's description of it and not with an SDK's signer, so that a client's signer is
 * checked by something else than itself.
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { WireRequest } from "./request";
import { queryPairs } from "./request";

const ALGORITHM = "AWS4-HMAC-SHA256";

/** What a request says of its signature, before anything of it is believed. */
export interface SignedBy {
  accessKeyId: string;
  /** `YYYYMMDD` of the scope. */
  date: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
  /** `x-amz-date`, as written. */
  timestamp: string;
  sessionToken: string | null;
}

/** Reads the `Authorization` header; null when there is none or it is not Signature Version 4. */
export function readSignature({ headers }: WireRequest): SignedBy | null {
  const authorization = headers.authorization ?? "";
  if (!authorization.startsWith(ALGORITHM)) return null;
  const part = (name: string) => new RegExp(`${name}=([^,\\s]+)`).exec(authorization)?.[1];
  const [accessKeyId, date, region, service, terminator] = part("Credential")?.split("/") ?? [];
  const signedHeaders = part("SignedHeaders")?.split(";");
  const signature = part("Signature");
  const timestamp = headers["x-amz-date"];
  if (!accessKeyId || !date || !region || !service || terminator !== "aws4_request") return null;
  if (signedHeaders === undefined || signature === undefined || timestamp === undefined) return null;
  return { accessKeyId, date, region, service, signedHeaders, signature, timestamp, sessionToken: headers["x-amz-security-token"] ?? null };
}

/** Whether a request carries the signature that this secret key gives it. The host and every `x-amz-` header must be covered. */
export function isSignedWith(secretAccessKey: string, by: SignedBy, request: WireRequest): boolean {
  const mustCover = Object.keys(request.headers).filter((name) => name === "host" || name.startsWith("x-amz-"));
  if (!mustCover.every((name) => by.signedHeaders.includes(name)) || !by.timestamp.startsWith(by.date)) return false;
  const expected = Buffer.from(signatureOf(secretAccessKey, by, request), "hex");
  const given = Buffer.from(by.signature, "hex");
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function signatureOf(secretAccessKey: string, by: SignedBy, request: WireRequest): string {
  const scope = `${by.date}/${by.region}/${by.service}/aws4_request`;
  const toSign = [ALGORITHM, by.timestamp, scope, sha256(canonicalRequest(by.signedHeaders, request))].join("\n");
  const keys = [by.date, by.region, by.service, "aws4_request"];
  const key = keys.reduce((secret: string | Buffer, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  return hmac(key, toSign).toString("hex");
}

function canonicalRequest(signedHeaders: string[], { method, path, query, headers, body }: WireRequest): string {
  const lines = signedHeaders.map((name) => `${name}:${(headers[name] ?? "").trim().replace(/\s+/g, " ")}\n`);
  return [method, canonicalPath(path), canonicalQuery(query), lines.join(""), signedHeaders.join(";"), sha256(body)].join("\n");
}

/** Every service but S3 encodes the path a second time: what is `%2F` on the wire is signed as `%252F`. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(encode(segment));
  }
  const trailing = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${segments.join("/")}${trailing}`;
}

function canonicalQuery(query: string): string {
  return queryPairs(query)
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map((pair) => pair.join("="))
    .join("&");
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");

const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();
