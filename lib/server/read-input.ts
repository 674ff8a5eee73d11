import { AppError } from "@/lib/domain/errors";
import type { Operation } from "@/lib/operations/define";
import { type Format, formatsOf } from "@/lib/operations/export-formats";

const JSON_BYTES_MAX = 64 * 1024;
/** Time for a whole body: bodies that may be large have longer. */
const SMALL_BYTES = 4 * 1024 * 1024;
const BODY_MS = 10_000;
const LARGE_BODY_MS = 60_000;
const JSON_TYPES = ["application/json"];
const YAML_TYPES = ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "application/json"];

export type PathParameters = Readonly<Record<string, string | string[] | undefined>>;
export interface RequestInput {
  format: Format;
  /** Path, query and body as one object. Every text in it is well-formed and without null characters. */
  values: Record<string, unknown>;
}

/** Gathers what a request says into one object of named values. Throws AppError `invalid` for whatever cannot be read. */
export async function readInput(operation: Operation, request: Request, parameters: PathParameters): Promise<RequestInput> {
  const values: Record<string, unknown> = Object.create(null);
  const put = (name: string, value: unknown): void => {
    if (name in values) throw invalid(name, "is given more than once");
    requireText(name, value);
    values[name] = value;
  };
  for (const [name, value] of Object.entries(parameters)) put(name, value);
  const formats = formatsOf(operation);
  let format: Format = "json";
  for (const [name, value] of new URL(request.url).searchParams) {
    if (name === "format" && formats.length > 1) format = readFormat(value, formats);
    else put(name, value);
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    for (const [name, value] of Object.entries(await readBody(operation, request))) put(name, value);
  }
  return { format, values };
}

function invalid(path: string, message: string): AppError {
  return new AppError("invalid", path === "" ? message : `${path}: ${message}`, { details: [{ path, message }] });
}

function readFormat(value: string, formats: readonly Format[]): Format {
  const format = formats.find((one) => one === value);
  if (format !== undefined) return format;
  throw invalid("format", `must be ${formats.slice(0, -1).join(", ")} or ${formats.at(-1)}`);
}

/** PostgreSQL stores neither null characters nor half of a surrogate pair, and no name of Kafka or ours has them. */
function requireText(path: string, value: unknown): void {
  if (typeof value === "string") {
    if (value.includes("\0")) throw invalid(path, "must not contain a null character");
    if (!value.isWellFormed()) throw invalid(path, "is not well-formed Unicode");
  } else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      requireText(path, name);
      requireText(`${path}.${name}`, inner);
    }
  }
}

async function readBody(operation: Operation, request: Request): Promise<Record<string, unknown>> {
  const isYaml = operation.bodyType === "application/yaml";
  const text = await readText(request, operation.bodyBytesMax ?? JSON_BYTES_MAX);
  if (text === "" && !isYaml) return {};
  requireType(request, isYaml ? YAML_TYPES : JSON_TYPES);
  if (isYaml) return { text };
  const body = parseJson(text);
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw invalid("", "The body must be a JSON object.");
  return body as Record<string, unknown>;
}

function requireType(request: Request, allowed: readonly string[]): void {
  const given = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (!allowed.includes(given)) throw invalid("", `The body's Content-Type must be ${allowed.join(" or ")}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid", "The body is not valid JSON.", { cause });
  }
}

async function readText(request: Request, bytesMax: number): Promise<string> {
  const tooLarge = invalid("", `The body is larger than ${Math.floor(bytesMax / 1024)} KB.`);
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) throw tooLarge;
  if (request.body === null) return "";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let bytes = 0;
  let text = "";
  const reader = request.body.getReader();
  const untilMs = performance.now() + (bytesMax > SMALL_BYTES ? LARGE_BODY_MS : BODY_MS);
  for (let step = await readBefore(untilMs, reader); !step.done; step = await readBefore(untilMs, reader)) {
    bytes += step.value.byteLength;
    if (bytes > bytesMax) {
      await reader.cancel();
      throw tooLarge;
    }
    text += decode(decoder, step.value);
  }
  return text + decode(decoder);
}

/** A body that trickles in holds a request open for nothing. */
async function readBefore(untilMs: number, reader: ReadableStreamDefaultReader<Uint8Array>) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      void reader.cancel().catch(() => undefined);
      reject(invalid("", "The body did not arrive in time."));
    }, untilMs - performance.now());
  });
  try {
    return await Promise.race([reader.read(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function decode(decoder: TextDecoder, bytes?: Uint8Array): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch (cause) {
    throw new AppError("invalid", "The body is not UTF-8 text.", { cause });
  }
}
