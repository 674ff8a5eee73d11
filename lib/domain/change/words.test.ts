import { describe, expect, test } from "vitest";
import { formatSize, listed, named, nameOrCount } from "./words";

test.each([
  ["kestrel-archive", "kestrel-archive"],
  ["a".repeat(249), "a".repeat(249)],
  ["", "(no name)"],
  ["a\u202eb\u0000\n", "\u2068a\ufffdb\ufffd\ufffd\u2069"],
  ["مجموعة", "\u2068مجموعة\u2069"],
])("a name in a sentence changes nothing around it: %j", (name, expected) => expect(named(name)).toBe(expected));

test.each([
  [[], ""],
  [["a"], "a"],
  [["a", "b"], "a and b"],
  [["a", "b", "c"], "a, b and c"],
  [["a", "b", "c", "d"], "a, b, c and 1 more"],
])("%j is listed", (names, expected) => expect(listed(names, 3)).toBe(expected));

test("one is named, several are counted", () => {
  expect(nameOrCount(["acme.orders"], "topic")).toBe("acme.orders");
  expect(nameOrCount(["a", "b"], "topic")).toBe("2 topics");
});

describe("two sizes that differ never read alike", () => {
  test.each([
    [1_000_000, "1\u00a0MB"],
    [1_500_000, "1.5\u00a0MB"],
    [1_048_576, "1,048,576\u00a0B"],
    [1_048_588, "1,048,588\u00a0B"],
    [512, "512\u00a0B"],
    [2_147_483_647, "2,147,483,647\u00a0B"],
  ])("%d", (bytes, expected) => expect(formatSize(bytes)).toBe(expected));
});
