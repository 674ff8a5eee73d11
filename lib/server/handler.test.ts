import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import type { Context } from "@/lib/operations/context";
import { defineOperation, type Operation } from "@/lib/operations/define";
import { enterOf } from "@/lib/operations/testing/enter";
import { routeFor } from "./handler";
import { clearProcessSlot, processSlot } from "./process-slot";

const context = { actor: { name: "someone", role: "support" }, enter: enterOf(), now: () => new Date(0) } as Context;
const logged: unknown[] = [];
processSlot("log", () => ({ error: (entry: unknown) => logged.push(entry), warn: () => {}, debug: () => {}, info: () => {} }));
afterEach(() => {
  clearProcessSlot("answers");
  logged.length = 0;
});

const echo = defineOperation({
  name: "echo",
  summary: "Says what it was told.",
  method: "GET",
  path: "/api/echo/{id}",
  roles: ["support"],
  input: z.strictObject({ id: z.string().max(10), limit: z.coerce.number().int().min(1).max(500).default(100) }),
  output: z.object({ id: z.string(), limit: z.number() }),
  csv: (_context, { id }) => ({
    filename: `echo ${id}`,
    head: ["id", "rate, B/s"],
    rows: [
      [id, -1],
      [null, 0.5],
    ],
  }),
  act: (_context, input) => input,
});
const write = defineOperation({
  name: "write",
  summary: "Keeps a word.",
  method: "POST",
  path: "/api/write",
  roles: ["support"],
  input: z.strictObject({ word: z.string() }),
  output: z.object({ word: z.string() }),
  act: (_context, input) => input,
});

interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  params?: Record<string, string>;
}
async function ask(operation: Operation, path: string, { method = operation.method, headers = {}, body, params = {} }: Ask = {}) {
  const request = new Request(`http://127.0.0.1:3000${path}`, {
    method,
    headers: { host: "127.0.0.1:3000", ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const response = await routeFor(operation, async (requestId) => ({ ...context, requestId }))(request, {
    params: Promise.resolve(params),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") && !response.headers.has("content-encoding");
  const json = isJson && text !== "" ? JSON.parse(text) : null;
  return { status: response.status, headers: response.headers, text, json };
}
const post = (body: Ask["body"], headers: Record<string, string> = { "content-type": "application/json" }) =>
  ask(write, "/api/write", body === undefined ? { headers } : { headers, body });

describe("what a request says", () => {
  it("is path and query as one", async () => {
    expect((await ask(echo, "/api/echo/a?limit=7", { params: { id: "a" } })).json).toEqual({ id: "a", limit: 7 });
  });

  it("has no path parameters on a fixed address, where Next gives none at all", async () => {
    const request = new Request("http://localhost/api/write", {
      method: "POST",
      headers: { host: "localhost", "content-type": "application/json" },
      body: '{"word":"a"}',
    });
    expect((await routeFor(write, async () => context)(request, { params: Promise.resolve(undefined) })).status).toBe(200);
  });

  it.each([
    ["a key given twice", "limit=1&limit=2", "limit"],
    ["a query key that repeats the path", "id=b", "id"],
    ["a key nobody knows", "limmit=1", "limmit"],
    ["a number that is none", "limit=1e999", "limit"],
    ["a key of the prototype", "__proto__=1", "__proto__"],
    ["a format nobody knows", "format=xml", "format"],
  ])("is refused with its name: %s", async (_what, query, path) => {
    const { status, json } = await ask(echo, `/api/echo/a?${query}`, { params: { id: "a" } });
    expect(status).toBe(400);
    expect(json.error).toMatchObject({ code: "invalid", details: [{ path }], requestId: expect.any(String) });
  });

  it("never becomes a 500, whatever it is", async () => {
    const anything = fc.string({ unit: "binary", maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(anything, fc.string({ maxLength: 60 }), anything, async (id, query, body) => {
        const asked = await ask(echo, `/api/echo/x?${query.replace(/#/g, "")}`, { params: { id } });
        expect([200, 400]).toContain(asked.status);
        expect([200, 400]).toContain((await post(body)).status);
      }),
      { numRuns: 120, seed: 11 },
    );
    expect(logged).toEqual([]);
  }, 60_000);

  it.each([
    ["broken JSON", '{"word": '],
    ["a list", '["word"]'],
    ["a word", '"word"'],
    ["null", "null"],
    ["a null character", '{"word": "a\\u0000b"}'],
    ["half of a surrogate pair", '{"word": "\\ud800"}'],
    ["a null character in a name", '{"a\\u0000b": "c"}'],
    ["bytes that are not UTF-8", new Uint8Array([0x22, 0xff, 0xfe])],
    ["more than 64 KB", JSON.stringify({ word: "x".repeat(70_000) })],
    ["nothing", ""],
    ["a field too many", '{"word": "a", "more": 1}'],
  ])("is refused as a body: %s", async (_what, body) => {
    expect((await post(body)).status).toBe(400);
  });

  it("is refused as a body of another type", async () => {
    expect((await post('{"word": "a"}', { "content-type": "text/plain" })).status).toBe(400);
    expect((await post('{"word": "a"}', { "content-type": "application/json; charset=utf-8" })).json).toEqual({ word: "a" });
  });
});

describe("who may ask", () => {
  it.each(["127.0.0.1:3000", "127.9.9.9", "localhost", "LOCALHOST:80", "[::1]:3000"])("is asked under %s", async (host) => {
    expect((await ask(echo, "/api/echo/a", { params: { id: "a" }, headers: { host } })).status).toBe(200);
  });

  it.each(["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1:3000", "[::2]", "", "localhost:3000@evil"])(
    "is not asked under %j",
    async (host) => {
      expect((await ask(echo, "/api/echo/a", { params: { id: "a" }, headers: { host } })).status).toBe(403);
    },
  );

  const json = { "content-type": "application/json" };
  it.each([
    ["its own page", { origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-origin", cookie: "a=b" }, 200],
    ["a program", {}, 200],
    ["another site", { origin: "https://evil.example" }, 403],
    ["another port of this machine", { origin: "http://127.0.0.1:4000" }, 403],
    ["a sandboxed frame", { origin: "null" }, 403],
    ["a browser that hides the origin but sends cookies", { cookie: "a=b" }, 403],
    ["another site without an origin", { "sec-fetch-site": "cross-site" }, 403],
  ])("writes from %s", async (_who, headers, status) => {
    expect((await post('{"word": "a"}', { ...json, ...headers } as Record<string, string>)).status).toBe(status);
  });
});

describe("what goes wrong", () => {
  const failing = (error: unknown) => defineOperation({ ...base, act: () => Promise.reject(error) });
  const base = {
    name: "fail",
    summary: "Fails.",
    method: "GET",
    path: "/api/fail",
    roles: ["support"],
    input: z.object({}),
    output: z.object({}),
  } as const;

  it.each([
    ["invalid", 400],
    ["unauthenticated", 401],
    ["forbidden", 403],
    ["not_found", 404],
    ["conflict", 409],
    ["precondition_failed", 412],
    ["too_many", 429],
    ["unavailable", 503],
  ] as const)("has the code %s and the status %i", async (code, status) => {
    const answered = await ask(failing(new AppError(code, "Why.", { cause: new Error("hunter2") })), "/api/fail");
    expect(answered.status).toBe(status);
    expect(answered.json).toEqual({ error: { code, message: "Why.", details: [], requestId: answered.headers.get("x-request-id") } });
  });

  it("says nothing when nobody foresaw it, and is logged whole", async () => {
    const error = new Error("password hunter2 refused");
    const { status, text, json } = await ask(failing(error), "/api/fail");
    expect(status).toBe(500);
    expect(text).not.toContain("hunter2");
    expect(logged).toEqual([expect.objectContaining({ err: error, requestId: json.error.requestId })]);
  });

  it("is not the caller's fault when an operation itself meets something that does not parse", async () => {
    const zodError = z.string().safeParse(1).error;
    expect((await ask(failing(zodError), "/api/fail")).status).toBe(500);
  });

  it("is told in the log when an answer does not fit its schema, and the answer still goes out", async () => {
    const odd = defineOperation({ ...base, output: z.object({ rate: z.number() }), act: () => ({ rate: Number.NaN }) });
    expect((await ask(odd, "/api/fail")).json).toEqual({ rate: null });
    expect(logged).toEqual([expect.objectContaining({ operation: "fail" })]);
  });
});

describe("an answer that is kept", () => {
  let version = "v1";
  let made = 0;
  const countedSpec = {
    name: "count",
    summary: "Counts how often it is made.",
    method: "GET",
    path: "/api/count",
    roles: ["support"],
    input: z.object({ q: z.string().default("") }),
    output: z.object({ made: z.number() }),
    version: () => version,
  } as const;
  const counted = defineOperation({
    ...countedSpec,
    act: async () => {
      made += 1;
      return { made };
    },
  });

  it("is made once for a version and a query, also when asked at once", async () => {
    made = 0;
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(counted, "/api/count?q=a")));
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['{"made":1}']));
    await ask(counted, "/api/count?q=b");
    version = "v2";
    await ask(counted, "/api/count?q=a");
    expect(made).toBe(3);
  });

  it("is not sent again to who has it", async () => {
    const first = await ask(counted, "/api/count");
    const etag = first.headers.get("etag") ?? "";
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    const again = await ask(counted, "/api/count", { headers: { "if-none-match": `"other", ${etag}` } });
    expect([again.status, again.text]).toEqual([304, ""]);
    version = "v3";
    expect((await ask(counted, "/api/count", { headers: { "if-none-match": etag } })).status).toBe(200);
  });

  it("is made in a turn of the event loop of its own, so that nobody waits for many of them", async () => {
    let turn = 0;
    let counting = true;
    const count = () => {
      turn += 1;
      if (counting) setImmediate(count);
    };
    const turns: number[] = [];
    const slow = defineOperation({ ...countedSpec, act: () => ({ made: turns.push(turn) }) });
    setImmediate(count);
    try {
      await Promise.all(["x", "y", "z"].map((q) => ask(slow, `/api/count?q=${q}`)));
    } finally {
      counting = false;
    }
    expect(new Set(turns).size).toBe(3);
  });

  it("is left to the web server to compress, which would do it a second time", async () => {
    const answer = await ask(counted, "/api/count", { headers: { "accept-encoding": "br, gzip" } });
    expect(answer.headers.get("content-encoding")).toBeNull();
    expect(JSON.parse(answer.text)).toBeTruthy();
  });

  it("is not given to a role that may not ask", async () => {
    await ask(counted, "/api/count?q=secret");
    const request = new Request("http://127.0.0.1/api/count?q=secret", { headers: { host: "127.0.0.1" } });
    const asProduct = async () => ({ ...context, actor: { name: "p", role: "product" } }) as Context;
    expect((await routeFor(counted, asProduct)(request, { params: Promise.resolve({}) })).status).toBe(403);
  });
});

describe("as CSV", () => {
  it("has heads with units, raw numbers, empty cells for what is unknown", async () => {
    const { text, headers } = await ask(echo, "/api/echo/a?format=csv", { params: { id: "a" } });
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(headers.get("content-disposition")).toBe('attachment; filename="echo-a.csv"');
    expect(text).toBe('id,"rate, B/s"\r\na,-1\r\n,0.5\r\n');
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@a", "'@a"],
    ["\ta", "'\ta"],
    ["\ra", '"\'\ra"'],
    ["\n=1+1", '"\'\n=1+1"'],
    ["＝1+1", "'＝1+1"],
    ["＠a", "'＠a"],
    ['="a",b', '"\'=""a"",b"'],
    ['say "a"', '"say ""a"""'],
  ])("never is a formula: %j", async (id, cell) => {
    const { text } = await ask(echo, "/api/echo/a?format=csv", { params: { id } });
    expect(text.split("\r\n")[1]).toBe(`${cell},-1`);
  });
});

describe("every answer", () => {
  it("can neither be framed, sniffed nor read by another site", async () => {
    for (const { headers } of [await ask(echo, "/api/echo/a", { params: { id: "a" } }), await ask(echo, "/api/echo/a")]) {
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    }
  });
});
