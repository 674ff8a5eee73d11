import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { expect, it } from "vitest";
import { packSpark, packTenants, unpackTenants } from "./listed-tenants";
import { ListedTenant, type ListedTier, type TenantPage, type TenantRow } from "./views/tenants";
import { LIMIT_STATES, type RowUse } from "./views/use";

const figure = fc.option(fc.integer({ min: 0, max: 99_999 }));
const words = fc.constantFrom("Nobody counts it.", "No exporter is set for this connection.");
const use: fc.Arbitrary<RowUse> = fc.record(
  {
    state: fc.constantFrom(...LIMIT_STATES),
    source: fc.constantFrom("measured" as const, "derived" as const, "unavailable" as const),
    bytesPerSecond: figure,
    share: figure,
    worstBytesPerSecond: figure,
    brokerId: figure,
    throttleMs: figure,
    promiseShare: figure,
    atLeast: fc.constant(true as const),
    reason: words,
  },
  { requiredKeys: ["state", "source", "bytesPerSecond", "share", "worstBytesPerSecond", "brokerId", "throttleMs", "promiseShare"] },
);
const row: fc.Arbitrary<TenantRow> = fc.record(
  {
    id: fc.string(),
    name: fc.string(),
    tier: fc.constantFrom("gold", "free", "gone"),
    model: fc.constantFrom("bridge" as const, "mixed" as const),
    models: fc.constant<NonNullable<TenantRow["models"]>>(["pool", "silo"]),
    attention: fc.option(fc.record({ severity: fc.constant("warn" as const), label: fc.string(), more: fc.nat(9) })),
    produce: use,
    consume: use,
    lag: fc.record(
      {
        state: fc.constantFrom("ok" as const, "shared" as const),
        clusterId: fc.constant(null),
        groupId: fc.option(fc.string()),
        recordsBehind: fc.option(fc.nat()),
        recordsAtLeast: fc.constant(true as const),
        timeBehindMs: figure,
        timeAtLeast: fc.constant(true as const),
        reason: fc.option(words),
      },
      { requiredKeys: ["state", "clusterId", "groupId", "recordsBehind", "timeBehindMs", "reason"] },
    ),
    storageBytes: fc.option(fc.nat()),
    storageNote: fc.constant("shared" as const),
  },
  { requiredKeys: ["id", "name", "tier", "model", "attention", "produce", "consume", "lag", "storageBytes"] },
);

const HEAD: Omit<TenantPage, "reasons" | "rows"> = {
  page: { total: 0, nextCursor: null, version: "1", at: null },
  counts: { all: 0, attention: 0, "near-limit": 0, "above-promise": 0, lag: 0, "no-identity": 0 },
  severities: { danger: 0, warn: 0, info: 0 },
  tiers: [],
};
const TIERS: ListedTier[] = [
  { id: "gold", name: "Gold", produceBytesPerSecond: 1, consumeBytesPerSecond: 0 },
  { id: "free", name: "Free" },
];

it("a row comes back as it was: unknown is unknown, zero is zero, and every reason is its own", () =>
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const packed = packTenants(rows, TIERS, () => undefined);
      for (const one of packed.rows) expect(ListedTenant.parse(one)).toEqual(one);
      const back = unpackTenants({ ...HEAD, ...(JSON.parse(JSON.stringify(packed)) as typeof packed) });
      expect(back.rows).toEqual(rows.map(({ lag: { clusterId: _, ...lag }, ...rest }) => ({ ...rest, lag })));
    }),
  ));

it("a reason that rows have in common is sent once", () =>
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const { reasons } = packTenants(rows, TIERS, () => undefined);
      expect(new Set(reasons).size).toBe(reasons.length);
    }),
  ));

it("numbers keep five digits, and what is not zero never becomes one", () => {
  const use: RowUse = {
    state: "free",
    source: "measured",
    bytesPerSecond: 54264.81298807715,
    share: 0.0000123456789,
    worstBytesPerSecond: 1e-9,
    brokerId: 123_456,
    throttleMs: 0,
    promiseShare: null,
  };
  const lag = { state: "ok" as const, clusterId: null, groupId: null, recordsBehind: 9_876_543, timeBehindMs: 11_988.7, reason: null };
  const one: TenantRow = {
    id: "a",
    name: "A",
    tier: "t",
    model: "bridge",
    attention: null,
    produce: use,
    consume: use,
    lag,
    storageBytes: 1,
  };
  const [packed] = packTenants([one], TIERS, () => undefined).rows;
  expect(packed?.produce).toEqual({
    state: "free",
    bytesPerSecond: 54265,
    share: 0.000012346,
    worstBytesPerSecond: 1e-9,
    brokerId: 123_456,
    throttleMs: 0,
  });
  expect(packed?.lag).toEqual({ state: "ok", recordsBehind: 9_876_543, timeBehindMs: 11_989 });
});

it("a row says of the promise what its tier does not", () => {
  const gold = { id: "gold", name: "Gold", produceBytesPerSecond: 300, consumeBytesPerSecond: 200 };
  const use = { ...none(), bytesPerSecond: 100 };
  const one = { ...nobody(), produce: { ...use, promiseShare: 100 / 300 }, consume: { ...use, promiseShare: 0.25 } };
  const packed = packTenants([one, { ...one, produce: use, consume: none() }], [gold], () => undefined);
  expect(packed.rows.map(({ produce, consume }) => [produce.promiseShare, consume.promiseShare])).toEqual([
    [undefined, 0.25],
    [null, undefined],
  ]);
  expect(unpackTenants({ ...HEAD, ...packed }).rows.map(({ produce, consume }) => [produce.promiseShare, consume.promiseShare])).toEqual([
    [100 / 300, 0.25],
    [null, null],
  ]);
});

it.each<[(number | null)[], string]>([
  [[], ""],
  [[null, 0], "-0"],
  [[0, 7, 3.5, null], "0zi-"],
  [[1e-6, 1e6], "1z"],
])("the rates %j are the line %s", (rates, line) => expect(packSpark(rates)).toBe(line));

it("a line is drawn in percent of its peak, with its gaps", () => {
  const packed = packTenants([nobody()], TIERS, () => "0-z");
  expect(unpackTenants({ ...HEAD, ...packed }).rows[0]?.spark).toEqual([0, null, 100]);
});

function none(): RowUse {
  const nothing = { bytesPerSecond: null, share: null, worstBytesPerSecond: null, brokerId: null, throttleMs: null, promiseShare: null };
  return { state: "unknown", source: "unavailable", ...nothing };
}

function nobody(): TenantRow {
  const lag = { state: "none" as const, clusterId: null, groupId: null, recordsBehind: null, timeBehindMs: null, reason: null };
  return { id: "a", name: "A", tier: "gold", model: "bridge", attention: null, produce: none(), consume: none(), lag, storageBytes: null };
}
