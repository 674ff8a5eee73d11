import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { billOfMaterials, sourcesHash } from "./build.mjs";
import { REPOSITORY } from "./layout.mjs";

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

it("the bill of materials has every package that the console is made of, by version, and none of its tools", () => {
  const { bomFormat, components } = JSON.parse(String(billOfMaterials()));
  const versions = new Map(components.map(({ name, version }: { name: string; version: string }) => [name, version]));
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));
  expect(bomFormat).toBe("CycloneDX");
  for (const [name, version] of Object.entries(dependencies)) expect([name, versions.get(name)]).toEqual([name, version]);
  for (const name of ["vitest", "oidc-provider", "knip"]) {
    expect(devDependencies).toHaveProperty(name);
    expect(versions.has(name)).toBe(false);
  }
});
