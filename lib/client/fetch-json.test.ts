import { afterEach, describe, expect, test, vi } from "vitest";
import { AppError } from "@/lib/domain/errors";
import * as attendance from "./attendance";
import { ApiError, apiPath, fetchJson } from "./fetch-json";
import { makeQueryClient } from "./query-client";

const answer = (body: string, status = 200) => vi.stubGlobal("fetch", async () => new Response(body, { status }));
const failure = async (): Promise<ApiError> => {
  const error = await fetchJson("/api/x").catch((caught: unknown) => caught);
  if (!(error instanceof ApiError)) throw new Error(`not an ApiError: ${String(error)}`);
  return error;
};

afterEach(() => vi.unstubAllGlobals());

describe("what is asked", () => {
  test("says when nobody is at the page", async () => {
    const asked: RequestInit[] = [];
    vi.stubGlobal("fetch", async (_path: string, init: RequestInit) => {
      asked.push(init);
      return new Response("{}");
    });
    const there = vi.spyOn(attendance, "isAttended").mockReturnValue(true);
    await fetchJson("/api/x");
    there.mockReturnValue(false);
    await fetchJson("/api/x");
    expect(asked.map(({ headers }) => headers)).toEqual([
      { accept: "application/json" },
      { accept: "application/json", "x-unattended": "1" },
    ]);
    there.mockRestore();
  });
});

describe("answers of the API", () => {
  test("a good answer is its body", async () => {
    answer('{"rows":[]}');
    await expect(fetchJson("/api/x")).resolves.toEqual({ rows: [] });
  });

  test("an error keeps code, message, details and the id under which the log has it", async () => {
    const details = [{ path: "q", message: "write lag:>10m" }];
    answer(JSON.stringify({ error: { code: "invalid", message: "lag", details, requestId: "r-1" } }), 400);
    expect(await failure()).toMatchObject({ code: "invalid", message: "lag", details, requestId: "r-1" });
  });

  test("an error without our envelope takes its code from the status", async () => {
    answer("<h1>proxy</h1>", 404);
    expect(await failure()).toMatchObject({ code: "not_found", requestId: null });
    answer("", 502);
    expect((await failure()).code).toBe("unavailable");
  });

  test("what cannot be reached or read is unavailable, in words", async () => {
    vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("network")));
    expect(await failure()).toMatchObject({ code: "unavailable", message: "The console's server does not answer." });
    answer('{"rows":');
    expect(await failure()).toMatchObject({ code: "unavailable", message: "The server's answer broke off or could not be read." });
  });

  test("a request that was given up is not a failure of the server", async () => {
    const gone = new DOMException("gone", "AbortError");
    vi.stubGlobal("fetch", async () => Promise.reject(gone));
    await expect(fetchJson("/api/x", { signal: AbortSignal.abort() })).rejects.toBe(gone);
  });
});

test("only what is unavailable is asked for again, twice", () => {
  const retry = makeQueryClient().getDefaultOptions().queries?.retry;
  if (typeof retry !== "function") throw new Error("retry is a rule");
  const unavailable = new AppError("unavailable", "");
  expect([0, 1, 2].map((failures) => retry(failures, unavailable))).toEqual([true, true, false]);
  expect(retry(0, new AppError("invalid", ""))).toBe(false);
  expect(retry(0, new AppError("not_found", ""))).toBe(false);
});

test("a path leaves out what is not given and encodes the rest", () => {
  expect(apiPath("/api/x")).toBe("/api/x");
  expect(apiPath("/api/x", { a: null, b: "", c: undefined })).toBe("/api/x");
  expect(apiPath("/api/x", { name: "a&b=..", limit: 100 })).toBe("/api/x?name=a%26b%3D..&limit=100");
});
