import { describe, expect, test } from "vitest";
import type { PlannedOperation, Target } from "./operation";
import { operationWords } from "./operation-words";

const config = (key: string): Target => ({ kind: "topic-config", clusterId: "c1", topic: "acme.orders", key });
const quota = (key: "producer_byte_rate" | "request_percentage" | "controller_mutation_rate"): Target => ({
  kind: "quota",
  clusterId: "c1",
  entity: { user: "acme", clientId: null },
  key,
});
const override: Target = { kind: "override", tenantId: "acme", setting: "retentionMs", on: { topic: "acme.orders" } };

/** Non-breaking and narrow spaces read as plain ones here. */
function plain(operation: PlannedOperation) {
  const { before, after } = operationWords(operation);
  const read = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");
  return { before: read(before), after: read(after) };
}

describe("an operation in words", () => {
  test.each<[Target, string | null, string | null, string, string]>([
    [config("retention.ms"), "604800000", "-1", "7 days", "unlimited"],
    [config("retention.bytes"), "-1", "50000000000", "unlimited", "50 GB"],
    [config("max.message.bytes"), "1048588", "1048576", "1,048,588 B", "1,048,576 B"],
    [config("cleanup.policy"), "delete", "", "delete", "(empty)"],
    [config("segment.ms"), "-1", null, "-1", "inherited"],
    [{ kind: "partitions", clusterId: "c1", topic: "t" }, "6", "12", "6", "12"],
    [quota("producer_byte_rate"), null, "1250000", "none", "1.25 MB/s"],
    [quota("producer_byte_rate"), "33334", "1", "33.334 kB/s", "1 B/s"],
    [quota("request_percentage"), "200", null, "200 %", "none"],
    [quota("controller_mutation_rate"), "5", "2.5", "5 changes/s", "2.5 changes/s"],
    [{ kind: "tenant-tier", tenantId: "acme" }, '"gold"', '"silver"', "gold", "silver"],
    [override, null, '{"setting":"retentionMs","value":604800000}', "as the tier says", "7 days"],
    [
      override,
      '{"value":null}',
      '{"until":"2026-12-01T10:00:00.000Z","value":"unlimited"}',
      "whatever the cluster has",
      "unlimited until 2026-12-01 10:00 UTC",
    ],
    [override, "not json", null, "not json", "as the tier says"],
    [{ kind: "tier", tierId: "gold" }, null, '{"name":"Gold","archived":true}', "none", "Gold, archived"],
    [{ kind: "managed-elsewhere", tenantId: "acme" }, null, '"Terraform"', "this console", "Terraform"],
  ])("%o", (target, before, after, wordsBefore, wordsAfter) => {
    const words = plain({ target, before, after, phase: "tighten", unit: "tenant:acme", note: null });
    expect(words).toMatchObject({ before: wordsBefore, after: wordsAfter });
  });

  const tierOf = (changes: object) => JSON.stringify({ id: "gold", name: "Gold", model: "bridge", skewAllowance: 1.25, ...changes });
  test.each([
    [{ produceBytesPerSecond: 120_000 }, { produceBytesPerSecond: 60_000 }, "produce 120 kB/s", "produce 60 kB/s"],
    [
      {},
      { retentionMs: { default: 86_400_000, max: 604_800_000 } },
      "no retention, no retention at most",
      "retention 1 day, retention at most 7 days",
    ],
    [{ pricePerMonth: 40 }, { pricePerMonth: 45, name: "Golden" }, "Gold, price 40", "Golden, price 45"],
    [{ skewAllowance: 1.25 }, { skewAllowance: 2 }, "skew allowance 1.25", "skew allowance 2"],
    [{}, { archived: true }, "in use", "archived"],
    [{ partitions: { totalMax: 40 } }, {}, "partitions in all 40", "no partitions in all"],
    [{}, {}, "Gold", "Gold"],
  ])("of a tier from %o to %o what changes in it", (from, to, before, after) => {
    const target = { kind: "tier", tierId: "gold" } as const;
    const words = plain({ target, before: tierOf(from), after: tierOf(to), phase: "declare", unit: "tier:gold", note: null });
    expect(words).toMatchObject({ before, after });
  });

  test("a value that is inherited says what it is", () => {
    const inherited = { value: "604800000", source: "default" };
    const operation: PlannedOperation = {
      target: config("retention.ms"),
      before: null,
      after: "86400000",
      inherited,
      phase: "tighten",
      unit: "u",
      note: null,
    };
    expect(plain(operation).before).toBe("7 days, inherited");
    expect(plain({ ...operation, before: "86400000", after: null }).after).toBe("7 days, inherited");
  });

  test("it says whose value it is, and where", () => {
    const words = (target: Target) => operationWords({ target, before: null, after: null, phase: "declare", unit: "u", note: null });
    expect(words(config("retention.ms"))).toMatchObject({ subject: "acme.orders", mono: true, what: "retention.ms" });
    expect(words(quota("producer_byte_rate"))).toMatchObject({ subject: "user acme, default client-id", what: "produce quota" });
    expect(words(override)).toMatchObject({ subject: "acme", mono: false, what: "declared retention time of acme.orders" });
  });
});
