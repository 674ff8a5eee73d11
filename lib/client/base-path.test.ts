import { expect, it } from "vitest";
import { withBase } from "./base-path";

it.each([
  ["", "/api/tenants", "/api/tenants"],
  ["/kafka", "/api/tenants", "/kafka/api/tenants"],
  ["/kafka", "/kafka/api/tenants", "/kafka/api/tenants"],
  ["/kafka", "/kafkaesque", "/kafka/kafkaesque"],
  ["/kafka", "/", "/kafka/"],
])("below %j, %s is %s", (base, path, expected) => {
  expect(withBase(path, base)).toBe(expected);
});
