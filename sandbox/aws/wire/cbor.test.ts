import { describe, expect, it } from "vitest";
import { decodeCbor, encodeCbor } from "./cbor";

const decoded = (hex: string) => decodeCbor(Buffer.from(hex, "hex"));

describe("CBOR", () => {
  it("reads the examples of RFC 8949", () => {
    const examples: [string, unknown][] = [
      ["00", 0],
      ["1818", 24],
      ["1a000f4240", 1_000_000],
      ["1b000000e8d4a51000", 1_000_000_000_000],
      ["3903e7", -1_000],
      ["f93c00", 1],
      ["fb3ff199999999999a", 1.1],
      ["fa47c35000", 100_000],
      ["f4", false],
      ["f6", null],
      ["6161", "a"],
      ["9f018202039f0405ffff", [1, [2, 3], [4, 5]]],
      ["bf61610161629f0203ffff", { a: 1, b: [2, 3] }],
      ["7f657374726561646d696e67ff", "streaming"],
      ["c11a514b67b0", new Date(1_363_896_240_000)],
      ["c1fb41d452d9ec200000", new Date(1_363_896_240_500)],
    ];
    for (const [hex, value] of examples) expect(decoded(hex)).toEqual(value);
  });

  it("writes what it reads", () => {
    const value = { Id: "a", Values: [0, 1.5, -2, 300, 70_000, 5e12], At: new Date(1_700_000_000_000), Empty: [], Not: null, Yes: true };
    expect(decodeCbor(encodeCbor(value))).toEqual(value);
    expect(encodeCbor({ a: undefined }).toString("hex")).toBe("a0");
  });

  it("refuses what is cut off or goes on", () => {
    for (const hex of ["", "62", "8201", "0000", "ff"]) expect(() => decoded(hex)).toThrow();
  });
});
