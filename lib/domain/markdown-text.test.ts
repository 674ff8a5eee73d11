import { expect, test } from "vitest";
import { markdownText } from "./markdown-text";

test.each([
  ["orders-1.v2", "orders-1.v2"],
  ["<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"],
  ["[pay](https://evil.example)", "\\[pay\\](https://evil.example)"],
  ["a|b_c*d`e#", "a\\|b\\_c\\*d\\`e\\#"],
  ["billing\r\n- Refund: yes", "billing - Refund: yes"],
  ["a\u2028# b", "a \\# b"],
])("a name is text and stays in its line: %j", (name, text) => {
  expect(markdownText(name)).toBe(text);
});
