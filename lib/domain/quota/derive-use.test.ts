import { expect, test } from "vitest";
import type { QuotaEntity } from "@/lib/domain/facts";
import { measured, unavailable } from "@/lib/domain/observed";
import type { Identities } from "./buckets";
import { deriveUse } from "./derive-use";
import { indexQuotas } from "./effective";

const AT = "2026-11-23T10:00:00.000Z";
const hidden = { reason: "The brokers do not count it.", remedy: "Let them." };
const total = measured(9, AT);
const scram = (...names: string[]) => names.map((name) => ({ kind: "scram" as const, name }));

function derive(identities: Partial<Identities>, entities: QuotaEntity[] | null, more: object = {}) {
  const values = { producer_byte_rate: 10, consumer_byte_rate: 20 };
  return deriveUse(
    { principals: [], clientIds: [], ...identities },
    {
      clusterId: "c1",
      direction: "produce",
      quotas: entities === null ? null : indexQuotas(entities.map((entity) => ({ entity, values }))),
      perBroker: new Map([
        [2, 6],
        [1, 3],
      ]),
      total,
      hidden,
      ...more,
    },
  );
}

test("one identity must have caused all of it", () => {
  const { buckets, total: sum, limitUnknown } = derive({ principals: scram("acme") }, [{ user: "acme" }]);
  expect(buckets).toEqual([
    {
      clusterId: "c1",
      bucket: "user acme",
      quota: expect.objectContaining({ step: 3, value: 10 }),
      brokers: [
        { brokerId: 1, bytesPerSecond: 3, source: "derived", quotaBytesPerSecond: 10, share: 0.3, throttleMs: null },
        { brokerId: 2, bytesPerSecond: 6, source: "derived", quotaBytesPerSecond: 10, share: 0.6, throttleMs: null },
      ],
    },
  ]);
  expect(sum).toEqual({ source: "derived", value: 9, at: AT, note: "From topic series." });
  expect(limitUnknown).toBeNull();
});

test.each<[string, Partial<Identities>, QuotaEntity[] | null, object, RegExp | null]>([
  ["no identity", {}, [{ user: null }], {}, /^No principal and no client-id/],
  [
    "several identities, one with a quota",
    { principals: scram("a", "b") },
    [{ user: "a" }],
    {},
    /^Topic series cannot be divided between its 2 identities/,
  ],
  ["several identities, none with a quota", { principals: scram("a", "b") }, [], {}, null],
  ["one without a quota", { principals: scram("a") }, [], {}, null],
  ["quotas not read", { principals: scram("a") }, null, {}, /could not be read/],
  ["no rate", { principals: scram("a") }, [{ user: "a" }], { total: unavailable("No exporter.", "Turn it on.", AT) }, /^No exporter\.$/],
  ["a client-id alone", { clientIds: ["app"] }, [{ clientId: "app" }], {}, null],
])("whether the limit is known: %s", (_, identities, entities, more, reason) => {
  const { limitUnknown } = derive(identities, entities, more);
  if (reason === null) expect(limitUnknown).toBeNull();
  else expect(limitUnknown).toMatch(reason);
});

test("several identities are named with their quotas, without a rate", () => {
  const { buckets } = derive({ principals: scram("a", "b") }, [{ user: "a" }]);
  expect(buckets.map(({ bucket, quota, brokers }) => [bucket, quota?.value ?? null, brokers])).toEqual([
    ["user a", 10, []],
    ["user b", null, []],
  ]);
});

test("what is consumed counts every reader, and says so", () => {
  const { note, total: sum, buckets } = derive({ principals: scram("a") }, [{ user: "a" }], { direction: "consume" });
  expect(note).toBe("Counts every reader of its topics, not only the tenant's own.");
  expect(sum).toMatchObject({ note: "From topic series. Counts every reader of its topics, not only the tenant's own." });
  expect(buckets[0]?.quota?.value).toBe(20);
});
