import { expect, test } from "vitest";
import { measured, unavailable } from "./observed";
import { rowUse } from "./row-use";
import type { DirectionUse } from "./views/use";

const AT = "2026-11-23T10:00:00.000Z";
const base: DirectionUse = {
  state: "near",
  bytesPerSecond: measured(9, AT),
  worst: {
    brokerId: 2,
    bytesPerSecond: 4,
    source: "measured",
    quotaBytesPerSecond: 5,
    share: 0.8,
    throttleMs: 0,
    clusterId: "c1",
    bucket: "user a",
  },
  buckets: [],
  throttleVisible: true,
  promise: { bytesPerSecond: 10, share: 0.9, state: "within" },
  note: null,
};
const none = { share: null, worstBytesPerSecond: null, brokerId: null, throttleMs: null };

test.each<[string, Partial<DirectionUse>, object]>([
  [
    "a measured use",
    {},
    {
      state: "near",
      bytesPerSecond: 9,
      source: "measured",
      share: 0.8,
      worstBytesPerSecond: 4,
      brokerId: 2,
      throttleMs: 0,
      promiseShare: 0.9,
    },
  ],
  ["at least", { bytesPerSecond: { ...measured(9, AT), atLeast: true } }, { bytesPerSecond: 9, atLeast: true }],
  ["zero is a number", { state: "idle", bytesPerSecond: measured(0, AT) }, { state: "idle", bytesPerSecond: 0 }],
  ["no limit", { state: "no-limit", worst: null, promise: null }, { state: "no-limit", ...none, promiseShare: null }],
  [
    "an unknown rate keeps its reason",
    { state: "unknown", worst: null, bytesPerSecond: unavailable("Nobody counts it.", "Count it.", AT), note: "Why." },
    { bytesPerSecond: null, source: "unavailable", ...none, reason: "Nobody counts it." },
  ],
  [
    "an unknown limit with a known rate",
    { state: "unknown", worst: null, note: "No identity." },
    { bytesPerSecond: 9, reason: "No identity." },
  ],
])("%s", (_, change, expected) => expect(rowUse({ ...base, ...change })).toMatchObject(expected));

test("a reason is only there where something is unknown", () =>
  expect(rowUse({ ...base, note: "Also read by others." })).not.toHaveProperty("reason"));
