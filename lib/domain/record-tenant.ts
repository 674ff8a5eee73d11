import { z } from "zod";
import type { RecordFact } from "./facts";

/** How a record names its tenant: by header, by key, or by a JSON path of the payload. */
export const RecordTenant = z.union([
  z.strictObject({ header: z.string().min(1) }),
  z.strictObject({ key: z.literal(true) }),
  z.strictObject({ payloadPath: z.string().startsWith("$.") }),
]);
export type RecordTenant = z.infer<typeof RecordTenant>;

/** What the record says in the place where its tenant is meant to stand; null: nothing. */
export function namedBy({ headers, key, value }: RecordFact, way: RecordTenant): string | null {
  if ("header" in way) return recordText(headers.find(({ name }) => name === way.header)?.value ?? null);
  if ("key" in way) return recordText(key);
  return nameAt(recordJson(value), way.payloadPath);
}

/** The text at `$.a.b`; null: there is none. */
export function nameAt(value: unknown, path: string): string | null {
  const at = fieldAt(value, path);
  return typeof at === "string" ? at : typeof at === "number" ? String(at) : null;
}

/** What stands at `$.a.b`; undefined: nothing does. */
export function fieldAt(value: unknown, path: string): unknown {
  let at = value;
  for (const name of path.slice(2).split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

const decoder = new TextDecoder();

export function recordText(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : decoder.decode(bytes);
}

/** null: it is no JSON, or JSON's null. */
export function recordJson(bytes: Uint8Array | null): unknown {
  try {
    return bytes === null ? null : JSON.parse(decoder.decode(bytes));
  } catch {
    return null;
  }
}
