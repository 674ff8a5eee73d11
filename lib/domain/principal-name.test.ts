import { expect, test } from "vitest";
import { kafkaUserOf, principalKey, principalKeyOfUser, sessionOf, shortPrincipalName } from "./principal-name";

const SESSION = "arn:aws:sts::123456789012:assumed-role/orders/i-0abc";

test.each([
  [{ kind: "iam-role", name: "arn:aws:iam::123456789012:role/orders" }, true],
  [{ kind: "iam-role", name: "arn:aws:iam::123456789012:role/team/retail/orders" }, true],
  [{ kind: "iam-role", name: "arn:aws:sts::123456789012:assumed-role/orders" }, true],
  [{ kind: "iam-role", name: "arn:aws:iam::999999999999:role/orders" }, false],
  [{ kind: "iam-role", name: "arn:aws:iam::123456789012:role/orders2" }, false],
  [{ kind: "iam-user", name: "arn:aws:iam::123456789012:user/orders" }, false],
] as const)("a session belongs to %j: %s", (principal, belongs) => {
  expect(principalKeyOfUser(SESSION) === principalKey(principal)).toBe(belongs);
});

test.each(["acme", "CN=acme,O=Acme", "arn:aws:iam::123456789012:user/acme"])("%s is its own key", (name) => {
  expect(principalKeyOfUser(name)).toBe(name);
  expect(sessionOf(name)).toBeNull();
});

test("a role has many Kafka users, every other principal one", () => {
  expect(kafkaUserOf({ kind: "iam-role", name: "arn:aws:iam::1:role/a" })).toBeNull();
  expect(kafkaUserOf({ kind: "mtls", name: "CN=acme" })).toBe("CN=acme");
});

test("a role is called by its own name", () => {
  expect(shortPrincipalName({ kind: "iam-role", name: "arn:aws:iam::123456789012:role/team/orders" })).toBe("orders");
  expect(shortPrincipalName({ kind: "scram", name: "acme" })).toBe("acme");
});
