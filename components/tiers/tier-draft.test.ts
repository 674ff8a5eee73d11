import { describe, expect, test } from "vitest";
import type { Tier } from "@/lib/domain/tier";
import { definitionRequest } from "./tier-definition-form";
import { draftOfTier, EMPTY_TIER, readTierDraft, type TierField } from "./tier-draft";

const DAY = 86_400_000;
const gold: Tier = {
  id: "gold",
  name: "Gold",
  model: "bridge",
  produceBytesPerSecond: 120_000,
  consumeBytesPerSecond: 240_000,
  requestPercent: 100,
  retentionMs: { default: 3 * DAY, max: 14 * DAY },
  maxMessageBytes: { default: 1_048_576, max: 4_194_304 },
  partitions: { perTopicMax: 12, totalMax: 48 },
  lagObjectiveMs: 120_000,
  storageIncludedBytes: 500_000_000_000,
  pricePerMonth: 2400,
  skewAllowance: 1.25,
};
const typed = { ...EMPTY_TIER, id: "gold", name: "Gold" };

describe("a tier as it is typed", () => {
  test("is the tier that was declared", () => {
    expect(readTierDraft(draftOfTier(gold), false)).toEqual({ tier: gold, problems: {} });
    const sparse: Tier = { id: "free", name: "Free", model: "pool", skewAllowance: 1, archived: true };
    expect(readTierDraft(draftOfTier(sparse), true)).toEqual({ tier: sparse, problems: {} });
  });

  test("has nothing of what is left empty", () => {
    expect(readTierDraft(typed, false).tier).toEqual({ id: "gold", name: "Gold", model: "bridge", skewAllowance: 1.25 });
    expect(readTierDraft({ ...typed, retentionMax: "7 days" }, false).tier?.retentionMs).toEqual({ max: 7 * DAY });
    expect(readTierDraft({ ...typed, price: "0" }, false).tier?.pricePerMonth).toBe(0);
    expect(readTierDraft({ ...typed, price: "2,400.50" }, false).tier?.pricePerMonth).toBe(2400.5);
  });

  test("without a name or an id is no tier yet, and no problem", () => {
    expect(readTierDraft(EMPTY_TIER, false)).toEqual({ tier: null, problems: {} });
  });

  test.each<[TierField, string, RegExp]>([
    ["produce", "20 MB", /cannot be read.*20 MB\/s/],
    ["produce", "0 B/s", /no quota of 0/],
    ["consume", "-5 MB/s", /cannot be read/],
    ["consume", "NaN", /cannot be read/],
    ["requestPercent", "1e30", /cannot be read/],
    ["requestPercent", "0", /no quota of 0/],
    ["retention", "7 dayz", /“7 dayz” cannot be read.*3 days/],
    ["retention", "7", /cannot be read.*3 days/],
    ["retentionMax", "0 days", /delete everything/],
    ["size", "3 GB", /32 bits/],
    ["sizeMax", "1 MB/s", /cannot be read/],
    ["partitionsPerTopic", "1.5", /whole number/],
    ["partitionsTotal", "0", /at least one/],
    ["lagObjective", "soon", /5 min/],
    ["storage", "500", /500 GB/],
    ["price", "-1", /such as 890/],
    ["skew", "0.5", /even part/],
    ["skew", "11", /At most 10/],
    ["id", "Gold!", /lower-case/],
    ["id", "new", /addresses/],
  ])("%s %j is refused at its own field", (field, text, says) => {
    const { tier, problems } = readTierDraft({ ...typed, [field]: text }, false);
    expect(tier).toBeNull();
    expect(Object.keys(problems)).toEqual([field]);
    expect(problems[field]).toMatch(says);
  });
});

describe("the request", () => {
  test("is nothing while nothing differs, unless it is to be rolled out", () => {
    const draft = draftOfTier(gold);
    expect(definitionRequest(draft, { now: gold, rollOut: false })).toBeNull();
    expect(definitionRequest(draft, { now: gold, rollOut: true })).toEqual({ kind: "tier-definition", tier: gold, rollOut: true });
  });

  test("has the whole tier, and what is no part of the form stays", () => {
    const old: Tier = { ...gold, archived: true };
    expect(definitionRequest({ ...draftOfTier(old), produce: "200 kB/s" }, { now: old, rollOut: false })).toEqual({
      kind: "tier-definition",
      tier: { ...old, produceBytesPerSecond: 200_000 },
      rollOut: false,
    });
  });
});
