import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesGlob } from "./name-glob";

test.each([
  ["*", "", true],
  ["*", "anything", true],
  ["acme.*", "acme.orders", true],
  ["acme.*", "acme", false],
  ["*.acme.*", "eu.acme.orders", true],
  ["*.dlq", "acme.orders.dlq", true],
  ["*.dlq", "acme.dlq.orders", false],
  ["a*b*c", "aXbYbZc", true],
  ["a*b*c", "aXcYb", false],
  ["acme+1", "acme1", false],
  ["", "", true],
  ["", "a", false],
])("%s against %s: %s", (glob, name, fits) => expect(matchesGlob(glob, name)).toBe(fits));

test("agrees with the regular expression of the same meaning", () => {
  const text = fc.stringMatching(/^[ab.]{0,8}$/);
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), text, (parts, name) => {
      const source = parts.map((part) => part.replaceAll(".", "\\.")).join(".*");
      expect(matchesGlob(parts.join("*"), name)).toBe(new RegExp(`^${source}$`, "s").test(name));
    }),
  );
});

test("takes no more than name × glob steps where a regular expression would not end", () => {
  expect(matchesGlob(`${"*a".repeat(60)}*b`, "a".repeat(249))).toBe(false);
});
