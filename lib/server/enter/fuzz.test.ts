import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { AppError, ERROR_STATUS } from "@/lib/domain/errors";
import type { Asker } from "@/lib/domain/people/roles";
import { OPERATIONS } from "@/lib/operations/all";
import { describeApi } from "@/lib/operations/openapi/describe-api";
import { mixedFleet } from "@/lib/operations/testing/mixed-fleet";
import { clearProcessSlot, processSlot } from "@/lib/server/process-slot";
import { type Ask, type Entrance, openEntrance } from "./testing/open-entrance";

type Schema = Record<string, unknown>;
interface Parameter {
  name: string;
  in: "path" | "query";
  schema: Schema;
}
interface Described {
  operationId: string;
  "x-roles": Asker[];
  parameters: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

const TENANT = "bridge-tenant-0001";
const OUTSIDE = "bridge-tenant-0002";
const RUNS = 4;
const STATUSES: readonly number[] = [200, 303, ...Object.values(ERROR_STATUS)];
const logged: unknown[] = [];

let door: Entrance;
let token: string;
const askers = new Map<string, { role: Asker; limited: boolean; ask: Ask }>();
beforeAll(async () => {
  processSlot("log", () => ({ error: (entry: unknown) => logged.push(entry), warn: () => {}, debug: () => {}, info: () => {} }));
  const away = (): never => {
    throw new AppError("unavailable", "Away.");
  };
  door = await openEntrance({ fleets: [mixedFleet(4, 2)], context: { kafka: away, connection: away } });
  token = await door.token("fuzz", "operator");
}, 120_000);
let turn = 0;
/** Anew for each operation: some of them end sessions. */
beforeEach(async () => {
  turn += 1;
  askers.set("nobody", { role: "nobody", limited: false, ask: {} });
  askers.set("probe", { role: "probe", limited: false, ask: { from: { address: "127.0.0.1", local: true } } });
  for (const role of ["product", "support", "operator"] as const) {
    askers.set(role, { role, limited: false, ask: { cookie: await door.enter(`fuzz-${role}-${turn}`, role) } });
    const limits = { tenants: [TENANT], tiers: [], clusters: [] };
    askers.set(`limited ${role}`, { role, limited: true, ask: { cookie: await door.enter(`fuzz-limited-${role}-${turn}`, role, limits) } });
  }
});
afterAll(async () => {
  clearProcessSlot("log");
  await door.close();
});

/** Values that fit a schema, as far as they can be made of it, and at times anything at all. */
function drawnOf(schema: Schema): fc.Arbitrary<unknown> {
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.integer(),
    fc.constant(null),
    fc.constant("__proto__"),
    fc.jsonValue(),
  );
  return fc.oneof({ weight: 3, arbitrary: fitting(schema) }, { weight: 1, arbitrary: anything });
}

function fitting(schema: Schema): fc.Arbitrary<unknown> {
  const known = fc.constantFrom(TENANT, OUTSIDE, "c1", "gold", "1", "shared.orders", "");
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if ("const" in schema) return fc.constant(schema.const);
  const options = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (options !== undefined) return fc.oneof(...options.slice(0, 6).map(fitting));
  switch (schema.type) {
    case "integer":
    case "number":
      return fc.oneof(fc.integer({ min: -2, max: 600 }), fc.constant(1e308));
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(fitting((schema.items ?? {}) as Schema), { maxLength: 3 });
    case "object": {
      const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
      return fc.record(Object.fromEntries(properties.map(([name, one]) => [name, fitting(one)])), { requiredKeys: [] });
    }
    case "string":
      return fc.oneof(known, fc.string({ maxLength: 40 }), fc.constant(new Date(0).toISOString()));
    default:
      return known;
  }
}

interface Drawn {
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  body: unknown;
}

function drawOf({ parameters, requestBody }: Described): fc.Arbitrary<Drawn> {
  const named = (where: Parameter["in"]) =>
    Object.fromEntries(parameters.filter((one) => one.in === where).map(({ name, schema }) => [name, drawnOf(schema)]));
  const body = requestBody?.content["application/json"]?.schema;
  return fc.record({
    path: fc.record(named("path")),
    query: fc.record(named("query"), { requiredKeys: [] }),
    body: body === undefined ? fc.constant({}) : drawnOf(body),
  });
}

function address(template: string, { path, query }: Drawn): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(path[name]).toWellFormed()) || "x");
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return `${filled}?${search}`;
}

const { paths } = describeApi(OPERATIONS) as { paths: Record<string, Record<string, Described>> };
const all = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => [described.operationId, method.toUpperCase(), path, described] as const),
);

it.each(all)(
  "%s answers whatever it is sent, as everybody, as described",
  async (name, method, path, described) => {
    const secrets = [...askers.values()].flatMap(({ ask }) => ask.cookie?.split("=")[1] ?? []).concat("scrypt$", token);
    for (const [who, { role, limited, ask }] of askers) {
      await fc.assert(
        fc.asyncProperty(drawOf(described), async (drawn) => {
          const body = method === "GET" ? {} : { body: JSON.stringify(drawn.body) ?? "" };
          const { status, text, headers } = await door.ask(method, address(path, drawn), { ...ask, ...body });
          expect([who, STATUSES.includes(status), status]).toEqual([who, true, status]);
          if (!described["x-roles"].includes(role)) expect([who, status]).toEqual([who, role === "nobody" || role === "probe" ? 401 : 403]);
          // Nobody is sent what lets somebody in, or what it was made of.
          for (const secret of secrets) expect(text.includes(secret)).toBe(false);
          if (headers.get("content-type")?.startsWith("application/json") && text !== "") JSON.parse(text);
          // What was sent may come back in an error; nothing else may speak of whom the role does not reach.
          const isBlind = role === "nobody" || role === "probe" || limited;
          if (isBlind && status === 200 && name !== "lookAtLink") expect(text).not.toContain(OUTSIDE);
        }),
        { numRuns: RUNS, seed: 7 },
      );
    }
    for (const secret of secrets) expect(JSON.stringify(logged)).not.toContain(secret);
    // Nothing unforeseen, and no answer that does not fit its schema.
    expect(logged.splice(0)).toEqual([]);
  },
  120_000,
);
