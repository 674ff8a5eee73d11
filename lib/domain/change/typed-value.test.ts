import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactBytes, exactSpan, typedWords } from "./exact-words";
import { type GivenValue, readTyped, type TypedKind } from "./typed-value";

const DAY = 86_400_000;

describe("what is typed into a form", () => {
  test.each<[TypedKind, string, GivenValue]>([
    ["retentionMs", "7 days", 7 * DAY],
    ["retentionMs", "  90   min ", 5_400_000],
    ["retentionMs", "Unlimited", "unlimited"],
    ["retentionMs", "as the tier says", "tier"],
    ["retentionMs", "inherit", null],
    ["retentionBytes", "1.5 GB", 1_500_000_000],
    ["maxMessageBytes", "1 MiB", 1_048_576],
    ["maxMessageBytes", "2147483647 B", 2_147_483_647],
    ["byteRate", "20 MB/s", 20_000_000],
    ["byteRate", "20MB / s", 20_000_000],
    ["byteRate", "no quota", null],
    ["byteRate", "unlimited", null],
    ["requestPercent", "200 %", 200],
    ["requestPercent", "12.5", 12.5],
    ["partitions", "12", 12],
  ])("%s: %o is %o", (kind, text, value) => expect(readTyped(kind, text)).toEqual({ state: "value", value }));

  test.each<[TypedKind, string, RegExp]>([
    ["retentionMs", "7 dayz", /^“7 dayz” cannot be read\. Write 3 days/],
    ["retentionMs", "7", /^7 of what\? Write 7 days or 7 hours\.$/],
    ["retentionMs", "0 days", /delete everything/],
    ["retentionMs", "-1", /cannot be read/],
    ["retentionMs", "NaN", /cannot be read/],
    ["retentionMs", "1e30 days", /cannot be read/],
    ["retentionMs", "99999999999999999999 days", /cannot be read/],
    ["retentionMs", "constructor", /cannot be read/],
    ["maxMessageBytes", "3 GB", /32 bits/],
    ["maxMessageBytes", "unlimited", /cannot be read/],
    ["byteRate", "20 MB", /20 MB is a size\. A quota is a rate: 20 MB\/s\./],
    ["byteRate", "20", /20 of what\? Write 20 MB\/s/],
    ["byteRate", "0 B/s", /no quota of 0/],
    ["requestPercent", "0", /no quota of 0/],
    ["requestPercent", "1000001", /At most/],
    ["partitions", "1.5", /whole number/],
    ["partitions", "0", /at least one/],
    ["partitions", "tier", /whole number/],
  ])("%s: %o is asked back", (kind, text, says) => {
    const typed = readTyped(kind, text);
    expect(typed.state === "wrong" ? typed.says : typed).toMatch(says);
  });

  test("nothing is nothing", () => expect(readTyped("retentionMs", "  ")).toEqual({ state: "empty" }));

  test("a long text is not repeated whole", () => {
    const typed = readTyped("retentionMs", "x".repeat(500));
    expect(typed.state === "wrong" && typed.says.length).toBeLessThan(120);
  });
});

describe("words that can be typed again", () => {
  test.each<[string, string]>([
    [exactSpan(7 * DAY), "7 days"],
    [exactSpan(DAY), "1 day"],
    [exactSpan(1.5 * DAY), "36 hours"],
    [exactSpan(604_800_001), "604800001 ms"],
    [exactBytes(1_048_576), "1 MiB"],
    [exactBytes(1_500_000), "1.5 MB"],
    [exactBytes(1_048_588), "1048588 B"],
    [exactBytes(262_144), "256 KiB"],
    [exactBytes(1_000_000), "1 MB"],
    [exactBytes(1), "1 B"],
  ])("%s", (words, expected) => expect(words).toBe(expected));

  const kinds: TypedKind[] = ["retentionMs", "retentionBytes", "maxMessageBytes", "byteRate", "requestPercent", "partitions"];
  test("every value comes back as it was", () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.integer({ min: 1, max: 1_000_000 }), (kind, value) => {
        expect(readTyped(kind, typedWords(kind, value))).toEqual({ state: "value", value });
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom<TypedKind>("retentionMs", "retentionBytes", "byteRate"), fc.maxSafeNat(), (kind, value) => {
        const expected = value === 0 ? "wrong" : "value";
        expect(readTyped(kind, typedWords(kind, value))).toMatchObject(value === 0 ? { state: expected } : { state: expected, value });
      }),
    );
    for (const kind of kinds.slice(0, 2)) {
      for (const value of ["tier", "unlimited", null] as const) {
        expect(readTyped(kind, typedWords(kind, value))).toEqual({ state: "value", value });
      }
    }
    for (const value of ["tier", null] as const)
      expect(readTyped("byteRate", typedWords("byteRate", value))).toEqual({ state: "value", value });
  });
});
