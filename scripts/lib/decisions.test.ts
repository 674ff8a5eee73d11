import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { REPOSITORY } from "./layout.mjs";

const [, table = ""] = readFileSync(join(REPOSITORY, "docs", "decisions.md"), "utf8").split("## Dependencies");
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as Record<
  "dependencies" | "devDependencies",
  Record<string, string>
>;

it("says of every dependency, and of no other package, why it is here", () => {
  const rows = [...table.matchAll(/^\| (?!package|-)([^|]+) \|/gm)].flatMap(([, names = ""]) => names.split(", "));
  const explained = rows.map((name) => name.replace(/ \(.*\)$/, ""));
  expect(explained.toSorted()).toEqual([...Object.keys(dependencies), ...Object.keys(devDependencies)].toSorted());
});
