import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { sourcesHash } from "./build.mjs";

const root = mkdtempSync(join(tmpdir(), "sources-"));
afterAll(() => rmSync(root, { recursive: true }));

function write(file: string, content: string): string {
  mkdirSync(join(root, file, ".."), { recursive: true });
  writeFileSync(join(root, file), content);
  return sourcesHash(root);
}

it("the sources' fingerprint follows what a build reads and nothing else", () => {
  const first = write("app/page.tsx", "one");
  expect(sourcesHash(root)).toBe(first);
  expect(write("app/page.tsx", "two")).not.toBe(first);
  expect(write("app/page.tsx", "one")).toBe(first);
  expect(write("app/page.test.tsx", "test")).toBe(first);
  expect(write("docs/page.md", "text")).toBe(first);
  expect(write("lib/new.ts", "")).not.toBe(first);
});
