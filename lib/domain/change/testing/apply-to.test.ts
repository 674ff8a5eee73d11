import { describe, expect, test } from "vitest";
import { GOLD, rule, tenant } from "@/lib/domain/testing/cluster-fixture";
import { planChange } from "../plan-change";
import { applyTo, inverted, writtenState } from "./apply-to";
import { DECLARING, planFacts, tier } from "./plan-facts";

const override = JSON.stringify({ setting: "retentionMs", value: 1000, ...DECLARING });
const facts = planFacts({
  tiers: [GOLD, tier({ id: "basic", name: "Basic" })],
  tenants: [tenant("acme")],
  clusters: {
    c1: {
      topics: { "acme.orders": { own: { "retention.ms": "1000" } } },
      brokerConfigs: { "log.retention.ms": "7000" },
      quotas: [rule({ user: "acme" }, 10)],
    },
  },
});

test("facts are joined as a console would see them", () => {
  const state = facts.tenants.get("acme");
  expect(state?.topics.map(({ topic, partitions }) => [topic, partitions])).toEqual([["acme.orders", 3]]);
  expect(facts.clusters.get("c1")?.configs.get("acme.orders")).toContainEqual(
    expect.objectContaining({ name: "retention.ms", value: "1000", source: "topic" }),
  );
});

describe("an operation carried out is read back, and taken back", () => {
  test.each([
    ["a topic's value", { kind: "topic-config", clusterId: "c1", topic: "acme.orders", key: "retention.ms" }, "1000", "2000"],
    ["a topic's value taken away", { kind: "topic-config", clusterId: "c1", topic: "acme.orders", key: "retention.ms" }, "1000", null],
    ["partitions", { kind: "partitions", clusterId: "c1", topic: "acme.orders" }, "3", "4"],
    ["a quota", { kind: "quota", clusterId: "c1", entity: { user: "acme" }, key: "producer_byte_rate" }, "10", "20"],
    ["a new rule", { kind: "quota", clusterId: "c1", entity: { clientId: null }, key: "request_percentage" }, null, "20"],
    ["a tenant's tier", { kind: "tenant-tier", tenantId: "acme" }, '"gold"', '"basic"'],
    ["an override", { kind: "override", tenantId: "acme", setting: "retentionMs" }, null, override],
    ["a tier", { kind: "tier", tierId: "new" }, null, JSON.stringify({ ...GOLD, id: "new" })],
    ["who manages it", { kind: "managed-elsewhere", tenantId: "acme" }, null, '"Terraform"'],
  ] as const)("%s", (_, target, before, after) => {
    const operation = { target, before, after, phase: "loosen", unit: "tenant:acme", note: null } as const;
    const applied = applyTo(facts, [operation]);
    expect(writtenState(applied)).not.toEqual(writtenState(facts));
    expect(writtenState(applyTo(applied, inverted([operation])))).toEqual(writtenState(facts));
  });

  test("without its own value a topic has its broker's", () => {
    const target = { kind: "topic-config", clusterId: "c1", topic: "acme.orders", key: "retention.ms" } as const;
    const read = applyTo(facts, [{ target, after: null }])
      .clusters.get("c1")
      ?.configs.get("acme.orders");
    expect(read).toContainEqual(expect.objectContaining({ name: "retention.ms", value: "7000", source: "static-broker" }));
  });

  test("so that a plan that was carried out has nothing left to do", () => {
    const request = { kind: "quota-rule", clusterId: "c1", entity: { user: "acme" }, values: { producer_byte_rate: 99 } } as const;
    const plan = planChange(request, facts);
    expect(plan.operations).toHaveLength(1);
    expect(planChange(request, applyTo(facts, plan.operations)).operations).toEqual([]);
  });
});
