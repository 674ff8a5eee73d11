import { describe, expect, it } from "vitest";
import { createPasswords } from "./passwords";

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };

describe("passwords", () => {
  it("are kept as scrypt with its parameters and a salt each, N at least 2^15", async () => {
    const passwords = createPasswords();
    const [one, two] = [await passwords.hash("a long password"), await passwords.hash("a long password")];
    expect(one).not.toBe(two);
    const [kind, N, r, p] = one.split("$");
    expect([kind, Number(N) >= 2 ** 15, r, p]).toEqual(["scrypt", true, "8", "1"]);
    expect(one).not.toContain("long");
    expect(await passwords.matches("a long password", one)).toBe(true);
    expect(await passwords.matches("a long passwore", one)).toBe(false);
  });

  it("that were hashed with other parameters still match", async () => {
    const old = await createPasswords(CHEAP).hash("a long password");
    expect(await createPasswords({ N: 2 ** 11, r: 8, p: 1 }).matches("a long password", old)).toBe(true);
  });

  it("match whatever way an accented letter was typed", async () => {
    const passwords = createPasswords(CHEAP);
    expect(await passwords.matches("caf\u0065\u0301 au lait", await passwords.hash("caf\u00e9 au lait"))).toBe(true);
  });

  it("of nobody are never right", async () => {
    expect(await createPasswords(CHEAP).matches("", null)).toBe(false);
  });

  it("are hashed one at a time; beyond a short queue people come back later", async () => {
    const passwords = createPasswords(CHEAP);
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => passwords.matches("a", null)));
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(42);
    expect(refused.every(({ reason }) => reason.code === "too_many")).toBe(true);
    await expect(passwords.matches("a", null)).resolves.toBe(false);
  });
});
