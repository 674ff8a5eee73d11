import type { IncomingMessage } from "node:http";

/** A request with its body, as it came over the wire: nothing decoded that a signature covers. */
export interface WireRequest {
  method: string;
  /** Still percent-encoded. */
  path: string;
  /** Still percent-encoded, without the question mark. */
  query: string;
  /** Names in lower case; several values of one name joined by commas. */
  headers: Record<string, string>;
  body: Buffer;
}

export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

const BODY_BYTES_MAX = 10 * 1024 * 1024;

/** Reads a request to its end. Rejects when the body is larger than any operation needs. */
export async function readRequest(message: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error("the body is too large");
    chunks.push(chunk);
  }
  const [path = "/", query = ""] = split(message.url ?? "/", "?");
  const headers = Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : (value ?? "")]);
  return { method: message.method ?? "GET", path, query, headers: Object.fromEntries(headers), body: Buffer.concat(chunks) };
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** The query's parameters, decoded. A plus sign stays one: AWS's clients write a space as %20. */
export function queryPairs(query: string): [string, string][] {
  if (query === "") return [];
  return query.split("&").map((pair) => {
    const [name, value] = split(pair, "=");
    return [decodeURIComponent(name), decodeURIComponent(value)];
  });
}
