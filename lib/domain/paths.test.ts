import { expect, test } from "vitest";
import { paths } from "./paths";

test("names from Kafka cannot leave their place in the address", () => {
  expect(paths.topic("shared-1", "a/../b?c#d")).toBe("/clusters/shared-1/topics/a%2F..%2Fb%3Fc%23d");
  expect(paths.group("shared-1", "..")).toBe("/clusters/shared-1/groups?group=..");
  expect(paths.group("shared-1", "<b>&x=1")).toBe("/clusters/shared-1/groups?group=%3Cb%3E%26x%3D1");
});

test("what is not asked for is not in the address", () => {
  expect(paths.tenants()).toBe("/tenants");
  expect(paths.tenants({ q: "tier:gold lag:>10m" })).toBe("/tenants?q=tier%3Agold%20lag%3A%3E10m");
  expect(paths.tenant("acme")).toBe("/tenants/acme");
  expect(paths.tenant("acme", "topics")).toBe("/tenants/acme/topics");
});
