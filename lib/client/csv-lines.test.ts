import { expect, test } from "vitest";
import { pickCsv } from "./csv-lines";

test("the head and the records that are wanted, as they are", () => {
  const text = 'tenant,name\r\nacme,"Acme, ""the"" one"\r\nbrook,"two\r\nlines"\r\n"cobalt",x\r\n';
  expect(pickCsv(text, (id) => id === "brook" || id === "cobalt")).toBe('tenant,name\r\nbrook,"two\r\nlines"\r\n"cobalt",x\r\n');
  expect(pickCsv(text, () => false)).toBe("tenant,name\r\n");
});
