import { describe, expect, it } from "vitest";
import { type DrawnBatch, estimateShares, type Stratum } from "./shares";

const AT = "2026-11-23T12:00:00.000Z";

/** Park and Miller's generator: the same draws each time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

interface Pool {
  /** By partition, each batch once for each of its offsets. */
  offsets: DrawnBatch[][];
  strata: Stratum[];
  /** True share of bytes and of records. */
  bytes: (tenantId: string | null) => number;
  records: (tenantId: string | null) => number;
}

const TENANTS = ["a", "b", "c", null];

/** A pool in which batches have 1 to 40 records of one tenant, mostly, and partitions differ in who writes to them. */
function poolOf(next: () => number): Pool {
  const all: DrawnBatch[] = [];
  const offsets = Array.from({ length: 6 }, (_, partition) => {
    const own: DrawnBatch[] = [];
    for (let batches = 0; batches < 400; batches += 1) {
      const records = 1 + Math.floor(next() ** 2 * 40);
      const lean = partition / 20;
      const draw = next();
      const tenantId = draw < 0.45 - lean ? "a" : draw < 0.75 ? "b" : draw < 0.95 ? "c" : null;
      const each = 50 + next() * 1_000 * (tenantId === "a" ? 2 : 1);
      const parts = new Map([[tenantId as string | null, { records, bytes: records * each }]]);
      const batch = { partition, records, bytes: records * each, parts };
      all.push(batch);
      for (let offset = 0; offset < records; offset += 1) own.push(batch);
    }
    return own;
  });
  const share = (measure: "bytes" | "records") => (tenantId: string | null) =>
    all.reduce((sum, { parts }) => sum + (parts.get(tenantId)?.[measure] ?? 0), 0) / all.reduce((sum, batch) => sum + batch[measure], 0);
  return {
    offsets,
    strata: offsets.map((own, partition) => ({ partition, offsets: own.length })),
    bytes: share("bytes"),
    records: share("records"),
  };
}

function drawFrom({ offsets }: Pool, each: number, next: () => number): DrawnBatch[] {
  return offsets.flatMap((own) =>
    Array.from({ length: each }, () => own[Math.floor(next() * own.length)]).filter((batch) => batch !== undefined),
  );
}

describe("shares of a pool", () => {
  it("cover the truth in 93.5 to 96.5 % of 2,000 draws, bytes and records alike", () => {
    const pool = poolOf(generator(7));
    const next = generator(42);
    const DRAWS = 2_000;
    const covered = { bytes: 0, records: 0 };
    let told = 0;
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const shares = estimateShares(drawFrom(pool, 20, next), pool.strata, AT);
      for (const tenantId of ["a", "b", "c"]) {
        const row = shares?.rows.find((one) => one.tenantId === tenantId);
        if (row === undefined) continue;
        told += 1;
        if (Math.abs(row.bytes - pool.bytes(tenantId)) <= row.bytesError) covered.bytes += 1;
        if (Math.abs(row.records - pool.records(tenantId)) <= row.recordsError) covered.records += 1;
      }
    }
    expect(told).toBeGreaterThan(DRAWS * 2.9);
    for (const count of [covered.bytes, covered.records]) {
      expect(count / told).toBeGreaterThanOrEqual(0.935);
      expect(count / told).toBeLessThanOrEqual(0.965);
    }
  });

  it("would not, if records were taken for the unit that is drawn", () => {
    const pool = poolOf(generator(7));
    const next = generator(42);
    let covered = 0;
    for (let draw = 0; draw < 500; draw += 1) {
      const drawn = drawFrom(pool, 20, next);
      const records = drawn.reduce((sum, batch) => sum + batch.records, 0);
      const share = drawn.reduce((sum, { parts }) => sum + (parts.get("a")?.records ?? 0), 0) / records;
      if (Math.abs(share - pool.records("a")) <= 1.96 * Math.sqrt((share * (1 - share)) / records)) covered += 1;
    }
    expect(covered / 500).toBeLessThan(0.9);
  });

  it("add up to one with the records that name nobody", () => {
    const pool = poolOf(generator(3));
    const shares = estimateShares(drawFrom(pool, 10, generator(5)), pool.strata, AT);
    expect(shares?.rows.map(({ tenantId }) => tenantId).toSorted()).toEqual([...TENANTS].toSorted());
    expect(shares?.rows.reduce((sum, { bytes }) => sum + bytes, 0)).toBeCloseTo(1);
    expect(shares?.rows.reduce((sum, { records }) => sum + records, 0)).toBeCloseTo(1);
  });

  it("of one tenant alone are certain", () => {
    const batch = (partition: number): DrawnBatch => ({
      partition,
      records: 3,
      bytes: 30,
      parts: new Map([["a", { records: 3, bytes: 30 }]]),
    });
    const shares = estimateShares(
      Array.from({ length: 12 }, (_, at) => batch(at % 3)),
      [0, 1, 2].map((partition) => ({ partition, offsets: 100 })),
      AT,
    );
    expect(shares?.rows).toEqual([{ tenantId: "a", bytes: 1, bytesError: 0, records: 1, recordsError: 0, partitions: [0, 1, 2] }]);
    expect(shares).toMatchObject({ draws: 12, partitions: [0, 1, 2], unmet: 0.25 });
  });

  it("are not told from a handful of draws", () => {
    const one: DrawnBatch = { partition: 0, records: 1, bytes: 1, parts: new Map([["a", { records: 1, bytes: 1 }]]) };
    expect(estimateShares([one, one, one], [{ partition: 0, offsets: 10 }], AT)).toBeNull();
  });
});
