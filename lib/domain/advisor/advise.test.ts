import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MODELS } from "@/lib/domain/isolation";
import { advise, FIT_LEVELS } from "./advise";
import { moveSteps } from "./move-steps";
import { type Needs, NO_NEEDS, PLAIN_NEED_NAMES } from "./needs";
import { formatNeeds, parseNeeds } from "./needs-text";

const MARKS = { fits: "+", conditions: "~", no: "-" } as const;

const needsOf = (text: string): Needs => parseNeeds(text)[0]?.needs ?? NO_NEEDS;

/** Pool, bridge and silo in turn. */
function told(text: string): { levels: string; recommended: string | null } {
  const { fits, recommended } = advise(needsOf(text));
  return { levels: fits.map(({ level }) => MARKS[level]).join(""), recommended };
}

/** By hand: what is needed, how pool, bridge and silo fit (+ yes, ~ on conditions, - no), and what is recommended. */
const CASES: [needs: string, levels: string, recommended: string | null][] = [
  // The post's own table, a row each.
  ["key", "--+", "silo"],
  ["forget=30d", "-++", "bridge"],
  ["retention", "-++", "bridge"],
  ["size", "-++", "bridge"],
  ["replay", "~++", "bridge"],
  // Its dimensions.
  ["disks", "-~~", "bridge"],
  ["disks,on=standard", "-~+", "silo"],
  ["disks,on=express", "-~+", "silo"],
  ["disks,on=serverless", "-~-", "bridge"],
  ["subscribe", "-++", "bridge"],
  ["scale", "-++", "bridge"],
  ["fair", "~++", "bridge"],
  ["fair,on=serverless", "--+", "silo"],
  ["regulated", "-++", "bridge"],
  // "If you don't have requirements ... a pool model offers reduced complexity and can be a viable option."
  ["", "+++", "pool"],
  ["on=serverless", "+++", "pool"],
  // Together.
  ["key,replay", "--+", "silo"],
  ["key,forget=7d,retention,size", "--+", "silo"],
  ["forget=1d,retention,fair,subscribe", "-++", "bridge"],
  ["key,on=serverless", "---", null],
  ["key,disks,on=standard", "--+", "silo"],
  ["key,disks,on=serverless", "---", null],
  ["replay,fair", "~++", "bridge"],
  ["replay,fair,on=serverless", "--+", "silo"],
  ["regulated,key", "--+", "silo"],
  ["regulated,forget=30d,on=express", "-++", "bridge"],
  ["retention,size,on=serverless", "-++", "bridge"],
  // Rates.
  ["in=1MB/s", "+++", "pool"],
  ["in=15.6MB/s", "+++", "pool"],
  ["in=20MB/s", "~~+", "silo"],
  ["out=40MB/s", "~~+", "silo"],
  ["in=20MB/s,retention", "-~+", "silo"],
  ["in=250MB/s,on=serverless", "---", null],
  ["out=401MB/s,on=serverless", "---", null],
  ["in=200MB/s,on=serverless", "~~+", "silo"],
  ["in=250MB/s,on=express", "~~+", "silo"],
  // Kinds of events and numbers of tenants.
  ["types=20", "+++", "pool"],
  ["types=10,tenants=100", "++~", "pool"],
  ["types=10,tenants=400", "+~~", "pool"],
  ["types=10,tenants=100,on=serverless", "+-~", "pool"],
  ["types=800,on=serverless", "+++", "pool"],
  ["types=801,on=serverless", "+--", "pool"],
  ["tenants=30", "+++", "pool"],
  ["tenants=31", "++~", "pool"],
  ["tenants=10,on=serverless,fair", "--+", "silo"],
  ["tenants=11,on=serverless,fair", "--~", "silo"],
  ["tenants=31,key", "--~", "silo"],
  ["tenants=5000,retention", "-+~", "bridge"],
  // Money.
  ["budget=500", "~~~", "pool"],
  ["budget=500,retention", "-~~", "bridge"],
  ["budget=500,key", "--~", "silo"],
];

describe("the advice", () => {
  it("has at least forty cases", () => expect(CASES.length).toBeGreaterThanOrEqual(40));

  it.each(CASES)("for %s is %s, %s", (needs, levels, recommended) => expect(told(needs)).toEqual({ levels, recommended }));

  it("names a reason for every need, in every model", () => {
    for (const [text] of CASES) {
      const { fits, sentence } = advise(needsOf(text));
      expect(new Set(fits.map(({ reasons }) => reasons.length)).size).toBe(1);
      for (const { reasons } of fits) for (const { why } of reasons) expect(why).toMatch(/^[A-Z0-9].*\.$/);
      expect(sentence).toMatch(/\.$/);
    }
  });

  it.each<[string, string]>([
    ["retention", "Bridge meets what is needed. Silo fits as well, and nothing asked needs the cost."],
    ["replay,fair", "Bridge meets all 2 needs. Silo fits as well, and nothing asked needs the cost."],
    ["key", "Silo meets what is needed."],
    ["disks", "Bridge fits on conditions: its disks apart from others. Silo fits on conditions as well, and nothing asked needs the cost."],
    ["", "Nothing asked sets the models apart: pool is the cheapest to run, and all three fit."],
    ["key,on=serverless", "No model meets all of it. Pool, bridge and silo lack the same: an encryption key of its own."],
    ["key,retention,on=serverless", "No model meets all of it. Bridge and silo lack the same: an encryption key of its own."],
    ["key,subscribe,disks,on=serverless", "No model meets all of it. Bridge lacks least: an encryption key of its own."],
    [
      "key,fair,disks,on=serverless",
      "No model meets all of it. Equally close: bridge, which lacks an encryption key of its own and protection from its neighbours; silo, which lacks an encryption key of its own and its disks apart from others.",
    ],
  ])("for %s says: %s", (text, sentence) => {
    expect(advise(needsOf(text)).sentence).toBe(sentence);
  });
});

const amount = fc.option(fc.integer({ min: 1, max: 500_000_000 }), { nil: undefined });
const small = fc.option(fc.integer({ min: 1, max: 5_000 }), { nil: undefined });
const arbitraryNeeds = fc
  .record({
    plain: fc.subarray(PLAIN_NEED_NAMES),
    forgetWithinMs: amount,
    produceBytesPerSecond: amount,
    consumeBytesPerSecond: amount,
    eventTypes: small,
    tenants: small,
    budgetPerMonth: small,
    kind: fc.option(fc.constantFrom("standard" as const, "express" as const, "serverless" as const), { nil: undefined }),
  })
  .map((needs) => Object.fromEntries(Object.entries(needs).filter(([, value]) => value !== undefined)) as unknown as Needs);

/** The first needs and some more; what both give counts with the larger amount. The kind of cluster is the ground, no need. */
function both(a: Needs, b: Needs): Needs {
  const larger = (
    key: "produceBytesPerSecond" | "consumeBytesPerSecond" | "eventTypes" | "tenants" | "budgetPerMonth" | "forgetWithinMs",
  ) => {
    const value = Math.max(a[key] ?? 0, b[key] ?? 0);
    return value === 0 ? {} : { [key]: value };
  };
  return {
    plain: [...new Set([...a.plain, ...b.plain])],
    ...larger("produceBytesPerSecond"),
    ...larger("consumeBytesPerSecond"),
    ...larger("eventTypes"),
    ...larger("tenants"),
    ...larger("budgetPerMonth"),
    ...larger("forgetWithinMs"),
    ...(a.kind === undefined ? {} : { kind: a.kind }),
  };
}

describe("whatever is needed", () => {
  it("one more need never makes a model fit better", () => {
    fc.assert(
      fc.property(arbitraryNeeds, arbitraryNeeds, (needs, more) => {
        const before = advise(needs).fits;
        const after = advise(both(needs, more)).fits;
        for (const [at, { level }] of before.entries()) {
          expect(FIT_LEVELS.indexOf(after[at]?.level ?? "fits")).toBeGreaterThanOrEqual(FIT_LEVELS.indexOf(level));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("nothing is recommended that fits worse than another", () => {
    fc.assert(
      fc.property(arbitraryNeeds, (needs) => {
        const { fits, recommended } = advise(needs);
        const best = Math.min(...fits.map(({ level }) => FIT_LEVELS.indexOf(level)));
        const chosen = fits.find(({ model }) => model === recommended);
        expect(chosen === undefined ? 2 : FIT_LEVELS.indexOf(chosen.level)).toBe(best);
      }),
    );
  });

  it("an address carries it and gives it back", () => {
    fc.assert(
      fc.property(arbitraryNeeds, (needs) => {
        const text = formatNeeds([{ name: "", needs }]);
        expect(formatNeeds(parseNeeds(text))).toBe(text);
        expect(advise(parseNeeds(text)[0]?.needs ?? NO_NEEDS)).toEqual(
          advise({ ...needs, plain: PLAIN_NEED_NAMES.filter((one) => needs.plain.includes(one)) }),
        );
      }),
    );
  });
});

describe("an address", () => {
  it("names several streams", () => {
    expect(parseNeeds("payments:key,forget=7d;clicks:replay,in=2MB/s")).toEqual([
      { name: "payments", needs: { plain: ["key"], forgetWithinMs: 604_800_000 } },
      { name: "clicks", needs: { plain: ["replay"], produceBytesPerSecond: 2_000_000 } },
    ]);
  });

  it.each(["keys", "forget=soon", "in=5", "types=0", "types=1.5", "on=mars", "Bad Name:key", "a:key;a:size", "1;2;3;4;5;6;7;8;9"])(
    "that is wrong is refused with what could be written: %s",
    (text) => expect(() => parseNeeds(text)).toThrow(/^needs: /),
  );
});

describe("a move", () => {
  it("has steps between every two models, each with its reason, and none where nothing moves", () => {
    for (const from of MODELS) {
      for (const to of MODELS) {
        const steps = moveSteps(from, to);
        if (from === to) expect(steps).toBeNull();
        else for (const { step, because } of steps ?? []) expect(`${step} ${because}`).toMatch(/^[A-Z].*\. [A-Z].*\.$/);
        if (from !== to) expect(steps?.length).toBeGreaterThan(3);
      }
    }
  });

  it("out of a pool waits for retention, and into one needs the tenant in each record", () => {
    expect(moveSteps("pool", "silo")?.at(-1)?.step).toMatch(/retention/);
    expect(moveSteps("bridge", "pool")?.[0]?.step).toMatch(/header/);
  });
});
