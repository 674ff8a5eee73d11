import { expect, it } from "vitest";
import { askedAction, tenantActions, topicActions } from "./change-actions";

it.each([
  ["brake kestrel", "brake", "kestrel"],
  ["Set quota of Kestrel Logistics", "quota", "Kestrel Logistics"],
  ["change retention of acme.orders", "retention", "acme.orders"],
  ["message size acme", "message size", "acme"],
  ["add partitions to acme.orders", "partitions", "acme.orders"],
])("%s asks for something to be changed", (text, what, words) => {
  expect(askedAction(text)).toEqual({ what, words });
  const all = [...tenantActions("x", words), ...topicActions("c", words)];
  expect(all.some(({ label }) => label.toLowerCase().includes(what))).toBe(true);
});

it.each(["kestrel", "brake", "retention ", "quotas.of.acme", ""])("%j is a name", (text) => {
  expect(askedAction(text)).toBeNull();
});

it("names from Kafka are encoded in the address", () => {
  expect(topicActions("c1", "a/b?").map(({ href }) => href)).toContain("/clusters/c1/topics/a%2Fb%3F/change/retention");
  expect(tenantActions("acme", "Acme").map(({ href }) => href)).toContain("/tenants/acme?brake=true");
});
