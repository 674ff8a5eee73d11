import { describe, expect, it } from "vitest";
import type { RecordFact } from "@/lib/domain/facts";
import type { RecordTenant } from "@/lib/domain/record-tenant";
import { tallyRecords } from "./tally-records";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Made {
  partition?: number;
  offset?: number;
  batch?: number;
  key?: string;
  value?: string;
  headers?: Record<string, string>;
}

function record({ partition = 0, offset = 0, batch = offset, key, value = "", headers = {} }: Made): RecordFact {
  return {
    partition,
    offset: BigInt(offset),
    timestampMs: 0,
    key: key === undefined ? null : bytes(key),
    value: bytes(value),
    headers: Object.entries(headers).map(([name, text]) => ({ name, value: bytes(text) })),
    batchBaseOffset: BigInt(batch),
  };
}

function tally(records: Made[], way: RecordTenant | null = { header: "tenant-id" }) {
  const known = new Set(["a", "b"]);
  return tallyRecords({
    at: "t",
    records: records.map(record),
    record: way,
    tenantOf: (value) => (known.has(value) ? value : null),
    problem: null,
  });
}

describe("a sample", () => {
  it("counts records without their tenant, with the headers they do have", () => {
    const told = tally([
      { offset: 1, headers: { "tenant-id": "a" } },
      { offset: 2, batch: 1, headers: { trace: "x" } },
      { offset: 3, headers: { "tenant-id": "" } },
    ]);
    expect(told).toMatchObject({ records: 3, batches: 2, withoutTenant: 2, batchesWithoutTenant: 2, examples: ["0/2", "0/3"] });
    expect(told.headersWithout).toEqual(["trace", "tenant-id"]);
  });

  it.each<[RecordTenant, Made, number]>([
    [{ key: true }, { key: "a" }, 0],
    [{ key: true }, {}, 1],
    [{ payloadPath: "$.meta.tenant" }, { value: '{"meta":{"tenant":"a"}}' }, 0],
    [{ payloadPath: "$.meta.tenant" }, { value: '{"meta":{}}' }, 1],
    [{ payloadPath: "$.meta.tenant" }, { value: "not json" }, 1],
  ])("looks where %j says, in %j", (way, made, without) => expect(tally([made], way).withoutTenant).toBe(without));

  it("misses nothing where nobody said how records name their tenant", () => {
    expect(tally([{}, {}], null)).toMatchObject({ withoutTenant: 0, contradicting: null });
  });

  it("sees payloads that name another tenant, and does not where payloads name none", () => {
    const made = (value: string): Made => ({ headers: { "tenant-id": "a" }, value });
    expect(tally([made('{"tenantId":"b"}'), made('{"tenantId":"a"}')]).contradicting).toBe(1);
    expect(tally([made('{"order":1}')]).contradicting).toBeNull();
    expect(tally([made('{"tenant_id":"b"')]).contradicting).toBeNull();
  });

  it("tells partitions of one tenant from those of several", () => {
    const told = tally([
      { partition: 0, headers: { "tenant-id": "a" } },
      { partition: 0, offset: 1, headers: { "tenant-id": "a" } },
      { partition: 1, headers: { "tenant-id": "a" } },
      { partition: 1, offset: 1, headers: { "tenant-id": "nobody" } },
    ]);
    expect(told.partitions.map(({ tenants }) => tenants)).toEqual([["a"], ["a", "?"]]);
  });

  it("marks partitions of one key, without keeping the key", () => {
    const told = tally(
      [{ key: "secret" }, { offset: 1, key: "secret" }, { partition: 1, key: "x" }, { partition: 1, offset: 1, key: "y" }],
      null,
    );
    expect(told.partitions[0]?.oneKey).toMatch(/^[a-z0-9]+$/);
    expect(told.partitions[0]?.oneKey).not.toContain("secret");
    expect(told.partitions[1]?.oneKey).toBeNull();
  });

  it("counts keys of client-side encryption by tenant, by the names of headers alone", () => {
    const made = (tenant: string, key: string): Made => ({ headers: { "tenant-id": tenant, "enc-key-id": key } });
    expect(tally([made("a", "k1"), made("a", "k1"), made("b", "k2")]).keyHeaders).toEqual([
      { name: "enc-key-id", records: 3, values: 2, tenants: 2, tenantsWithOneKey: 2 },
    ]);
    expect(tally([made("a", "k1"), made("a", "k2")]).keyHeaders[0]).toMatchObject({ tenantsWithOneKey: 0 });
    expect(tally([{ headers: { "tenant-id": "a", keyboard: "x" } }]).keyHeaders).toEqual([]);
  });

  it("keeps no payload, no key and no header value but the ids of tenants", () => {
    const text = JSON.stringify(
      tally([
        { key: "key-secret", value: '{"tenantId":"payload-secret"}', headers: { "tenant-id": "value-secret", "enc-key-id": "kid-secret" } },
      ]),
    );
    expect(text).not.toContain("secret");
  });
});
