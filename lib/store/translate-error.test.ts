import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/domain/errors";
import { openStore } from "./open-store";
import { translateError } from "./translate-error";

function failure(code: string | undefined, message = "failed"): Error {
  return new Error("Failed query: select", { cause: Object.assign(new Error(message), code === undefined ? {} : { code }) });
}

describe("a failure of the database", () => {
  it.each([
    ["ECONNREFUSED", "unavailable"],
    ["57P01", "unavailable"],
    ["57014", "unavailable"],
    ["28P01", "unavailable"],
    ["53300", "unavailable"],
    ["22P05", "invalid"],
    ["40001", "conflict"],
  ])("%s is %s to its caller", (code, meaning) => {
    expect(translateError(failure(code))).toMatchObject({ code: meaning, cause: { message: "Failed query: select" } });
  });

  it("is found in the words of pg, and among the addresses of a name", () => {
    expect(translateError(failure(undefined, "Connection terminated unexpectedly"))).toMatchObject({ code: "unavailable" });
    const refused = new AggregateError([Object.assign(new Error("x"), { code: "ECONNREFUSED" })]);
    expect(translateError(refused)).toMatchObject({ code: "unavailable" });
  });

  it("stays what it is when it is a defect of our own, or an AppError already", () => {
    const defect = failure("23505");
    expect(translateError(defect)).toBe(defect);
    const known = new AppError("conflict", "x");
    expect(translateError(new Error("y", { cause: known }))).toBe(known);
  });

  it("is what opening a database that is not there says", async () => {
    await expect(openStore({ databaseUrl: "postgres://u:secret@127.0.0.1:1/d" })).rejects.toMatchObject({
      code: "unavailable",
      message: expect.not.stringContaining("secret"),
    });
    await expect(openStore({ memory: true }, { migrationsDir: "/no/such/folder" })).rejects.toMatchObject({ code: "unavailable" });
  });
});
