import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { reservedId } from "./reserved-ids";

it.each([
  ["tenant", "app/tenants"],
  ["tenant", "app/api/tenants"],
  ["tier", "app/tiers"],
  ["tier", "app/api/tiers"],
] as const)("no %s can have the name of a folder of %s, which would hide its page", (kind, folder) => {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("["))
    .map(({ name }) => name);
  expect(names.filter((name) => reservedId(kind, name) === null)).toEqual([]);
});

it("other ids are free", () => {
  expect(reservedId("tenant", "new")).toBeNull();
  expect(reservedId("tier", "gold")).toBeNull();
});
