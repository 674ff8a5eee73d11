import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Context } from "./context";
import { defineOperation } from "./define";

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
const as = (role: "product" | "operator") => ({ actor: { name: "someone", role } }) as Context;

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
