import { DrizzleQueryError } from "drizzle-orm";
import pino from "pino";
import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/domain/errors";
import { toldError } from "./log";

const HASH = "scrypt$65536$8$1$salt$key";

describe("an error in the log", () => {
  const failed = new DrizzleQueryError("update people set password_hash = $1", [HASH, "id\nada"], new Error("connect ECONNREFUSED"));
  it.each([
    ["as it is", failed],
    ["as the cause of another", new AppError("unavailable", "The console's database cannot be reached.", { cause: failed })],
  ])("holds the statement that failed and not its values: %s", (_what, error) => {
    const lines: string[] = [];
    const log = pino({ serializers: { err: toldError } }, { write: (line: string) => void lines.push(line) });
    log.warn({ err: error }, "failed");
    expect(lines.join("")).toContain("update people set password_hash");
    expect(lines.join("")).toContain("connect ECONNREFUSED");
    expect(lines.join("")).not.toContain(HASH);
    expect(lines.join("")).not.toContain("ada");
  });

  it("stays what it is where it is none", () => {
    expect(toldError("away" as unknown as Error)).toBe("away");
  });
});
