import { expect, test } from "vitest";
import { conditionPlace } from "./place";

test.each<[string, string | null, string | null, string, string]>([
  ["limit.near", "acme", "c1", "produce", "/tenants/acme"],
  ["promise.above", "acme", null, "consume", "/tenants/acme"],
  ["tenant.no-identity", "acme", "c1", "identity", "/tenants/acme/access"],
  ["lag.stuck", "acme", "c1", "group acme.billing & co", "/clusters/c1/groups?group=acme.billing%20%26%20co"],
  ["lag.behind", null, "c1", "group shared", "/clusters/c1/groups?group=shared"],
  ["broker.missing", null, "c1", "broker 2", "/clusters/c1"],
  ["source.missing", null, "c1", "exporter", "/clusters/c1"],
  ["topic.unowned", null, "c1", "topics", "/clusters/c1/topics?owner=unowned"],
  ["group.unowned", null, "c1", "groups", "/clusters/c1/groups?owner=unowned"],
  ["something.new", null, null, "fleet", "/"],
])("%s of %s on %s leads to its own page", (rule, tenantId, clusterId, subject, href) => {
  const condition = {
    id: "x",
    rule,
    severity: "warn",
    label: "L",
    sentence: "S.",
    evidence: {},
    since: "",
    until: null,
    acknowledged: null,
  } as const;
  expect(conditionPlace({ ...condition, tenantId, clusterId, subject }).href).toBe(href);
});
