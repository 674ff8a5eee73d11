import { z } from "zod";
import { ERROR_STATUS } from "@/lib/domain/errors";
import type { Operation } from "@/lib/operations/define";
import { formatsOf } from "@/lib/operations/export-formats";

type Json = Record<string, unknown>;

const STATUS_WORDS: Record<keyof typeof ERROR_STATUS, string> = {
  invalid: "The input is wrong; details name each place.",
  unauthenticated: "Nobody is signed in.",
  forbidden: "The role may not do this, or the request came from another site.",
  not_found: "There is no such thing.",
  conflict: "What is there does not fit what is asked.",
  precondition_failed: "The version that the cursor names is gone: begin the list anew.",
  too_many: "Too many requests.",
  unavailable: "Something the answer needs cannot be reached now.",
};

/** An OpenAPI 3.1 document of the given operations, made from the schemas that parse their inputs and answers. */
export function describeApi(operations: readonly Operation[]): Json {
  const paths: Record<string, Json> = {};
  for (const operation of [...operations].toSorted((a, b) => a.path.localeCompare(b.path))) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: operationObject(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Tenant Console for Amazon MSK",
      version: "1",
      description:
        "Rates are numbers in bytes per second, offsets decimal strings, times ISO 8601 in UTC. Unknown is never zero: an observed number says how it came to be known, or why it cannot be seen.",
    },
    paths,
    components: { schemas: { Error: ERROR_SCHEMA }, responses: errorResponses() },
  };
}

const ERROR_SCHEMA = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message", "details", "requestId"],
      properties: {
        code: { enum: [...Object.keys(ERROR_STATUS), "internal"] },
        message: { type: "string" },
        details: {
          type: "array",
          items: {
            type: "object",
            required: ["path", "message"],
            properties: { path: { type: "string" }, message: { type: "string" }, line: { type: "integer" } },
          },
        },
        requestId: { type: "string" },
      },
    },
  },
};

function errorResponses(): Json {
  const content = { "application/json": { schema: { $ref: "#/components/schemas/Error" } } };
  return Object.fromEntries(Object.entries(STATUS_WORDS).map(([code, description]) => [code, { description, content }]));
}

function operationObject(operation: Operation): Json {
  const input = schemaOf(operation.input, "input");
  const inPath = new Set([...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  const fields = Object.entries((input.properties ?? {}) as Record<string, Json>);
  const required = new Set((input.required ?? []) as string[]);
  const isRead = operation.method === "GET";
  const parameters = fields
    .filter(([name]) => isRead || inPath.has(name))
    .map(([name, schema]) => ({ name, in: inPath.has(name) ? "path" : "query", required: required.has(name), schema }));
  const formats = formatsOf(operation);
  if (formats.length > 1) parameters.push({ name: "format", in: "query", required: false, schema: { enum: formats, default: "json" } });
  const body = isRead
    ? null
    : bodyOf(
        operation,
        fields.filter(([name]) => !inPath.has(name)),
        required,
      );
  return {
    operationId: operation.name,
    summary: operation.summary,
    "x-roles": operation.roles,
    parameters,
    ...(body === null ? {} : { requestBody: body }),
    responses: responsesOf(operation),
  };
}

function bodyOf(operation: Operation, fields: [string, Json][], required: ReadonlySet<string>): Json | null {
  if (operation.bodyType !== undefined) {
    const schema = { type: "string" };
    return { required: true, content: { [operation.bodyType]: { schema }, "application/json": { schema: {} } } };
  }
  if (fields.length === 0) return null;
  const schema = {
    type: "object",
    properties: Object.fromEntries(fields),
    required: fields.map(([name]) => name).filter((name) => required.has(name)),
  };
  return { required: true, content: { "application/json": { schema } } };
}

function responsesOf(operation: Operation): Json {
  const type = operation.answerType?.split(";")[0] ?? "application/json";
  const content: Json = { [type]: { schema: schemaOf(operation.output, "output") } };
  if (operation.csv !== undefined) content["text/csv"] = { schema: { type: "string" } };
  if (operation.markdown !== undefined) content["text/markdown"] = { schema: { type: "string" } };
  const errors = Object.entries(ERROR_STATUS).map(([code, status]) => [String(status), { $ref: `#/components/responses/${code}` }]);
  const unchanged = operation.version === undefined ? {} : { "304": { description: "What If-None-Match names has not changed." } };
  return { "200": { description: "The answer.", content }, ...unchanged, ...Object.fromEntries(errors) };
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "throw" }) as Json;
  return json;
}
