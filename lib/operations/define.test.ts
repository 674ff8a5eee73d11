import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import type { Context } from "./context";
import { defineOperation } from "./define";
import { enterOf } from "./testing/enter";

const acted: string[] = [];
const operation = defineOperation({
  name: "nameThing",
  summary: "Names a thing.",
  method: "GET",
  path: "/api/thing",
  roles: ["operator"],
  input: z.object({ id: z.string() }),
  output: z.object({ id: z.string() }),
  act: (_context, { id }) => {
    acted.push(id);
    return { id };
  },
});
const lines: string[] = [];
const enter = enterOf({ audit: async ({ outcome, action, code }) => void lines.push([action, outcome, code].join(" ")) });
const as = (role: "product" | "operator" | "nobody") =>
  ({ actor: { name: "someone", role }, enter, now: () => new Date(0), requestId: "r1" }) as Context;

describe("defineOperation", () => {
  it("refuses a role that is not named before it looks at the input", async () => {
    await expect(operation.run(as("product"), { id: 7 })).rejects.toMatchObject({ code: "forbidden" });
    expect(acted).toEqual([]);
  });

  it("parses before it acts", async () => {
    await expect(operation.run(as("operator"), { id: 7 })).rejects.toMatchObject({ code: "invalid", details: [{ path: "id" }] });
    expect(acted).toEqual([]);
  });

  it("acts for the named role on what was parsed", async () => {
    await expect(operation.run(as("operator"), { id: "a", extra: 1 })).resolves.toEqual({ id: "a" });
    expect(acted).toEqual(["a"]);
  });
});

describe("the audit of an operation", () => {
  const write = (act: () => Promise<{ id: string }>) =>
    defineOperation({
      name: "write",
      summary: "Writes a thing.",
      method: "POST",
      path: "/api/thing",
      roles: ["operator"],
      input: z.object({ id: z.string() }),
      output: z.object({ id: z.string() }),
      act,
    });
  const done = async () => ({ id: "a" });

  it("says of which region a write is", async () => {
    const subjects: (string | null)[] = [];
    const enter = enterOf({ audit: async ({ subject }) => void subjects.push(subject) });
    const ofRegion = defineOperation({
      name: "setThing",
      summary: "Sets a thing.",
      method: "PUT",
      path: "/api/thing/{region}",
      roles: ["operator"],
      input: z.object({ region: z.string() }),
      output: z.object({}),
      act: () => ({}),
    });
    await ofRegion.run({ ...as("operator"), enter }, { region: "eu-west-1" });
    expect(subjects).toEqual(["region eu-west-1", "region eu-west-1"]);
  });

  it("stands before and after what is written, and says what it came to", async () => {
    lines.length = 0;
    await write(async () => {
      expect(lines).toEqual(["write asked "]);
      return done();
    }).run(as("operator"), { id: "a" });
    const failing = write(() => Promise.reject(new AppError("conflict", "No.")));
    await expect(failing.run(as("operator"), { id: "a" })).rejects.toMatchObject({ code: "conflict" });
    expect(lines).toEqual(["write asked ", "write done ", "write asked ", "write failed conflict"]);
  });

  it("is what a write waits for: without its line nothing is done", async () => {
    let written = false;
    const full = { ...as("operator"), enter: enterOf({ audit: () => Promise.reject(new AppError("unavailable", "Full.")) }) };
    const writing = write(async () => {
      written = true;
      return done();
    });
    await expect(writing.run(full, { id: "a" })).rejects.toMatchObject({ code: "unavailable" });
    expect(written).toBe(false);
  });

  it("has refusals of who is signed in, and of nobody else", async () => {
    lines.length = 0;
    await expect(write(done).run(as("product"), { id: "a" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(write(done).run(as("nobody"), { id: "a" })).rejects.toMatchObject({ code: "unauthenticated" });
    expect(lines).toEqual(["write refused forbidden"]);
  });

  it("has exports", async () => {
    lines.length = 0;
    const csv = { filename: "a", head: [], rows: [] };
    const list = defineOperation({
      ...operation,
      roles: ["operator"],
      input: z.object({}),
      output: z.object({}),
      csv: () => csv,
      act: () => ({}),
    });
    await list.csv?.(as("operator"), {});
    expect(lines).toEqual(["nameThing asked ", "nameThing done "]);
  });
});
