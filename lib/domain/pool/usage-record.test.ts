import { describe, expect, it } from "vitest";
import type { RecordFact } from "@/lib/domain/facts";
import type { ReportedTopic } from "@/lib/domain/reported";
import { readUsage, type UsageReading, usagePayload } from "./usage-record";

const NOW = Date.parse("2026-06-01T12:00:00.000Z");
const AT = "2026-06-01T11:59:00.000Z";
const AT_MS = NOW - 60_000;
const MINUTE: ReportedTopic = {
  topic: "usage",
  tenant: { payloadPath: "$.tenant" },
  at: "$.at",
  seconds: "$.seconds",
  produce: "$.producedBytes",
  consume: "$.consumedBytes",
};
const { seconds: _seconds, ...PER_SECOND } = MINUTE;
const { at: _at, ...UNTIMED } = MINUTE;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Written {
  value: unknown;
  key?: string;
  headers?: Record<string, string>;
  timestampMs?: number;
}

/** A text is the value as it is written; anything else its JSON. */
function read({ value, key, headers = {}, timestampMs = NOW - 50_000 }: Written, mapping: ReportedTopic = MINUTE): UsageReading {
  const record: RecordFact = {
    partition: 0,
    offset: 0n,
    timestampMs,
    key: key === undefined ? null : bytes(key),
    value: value === null ? null : bytes(typeof value === "string" ? value : JSON.stringify(value)),
    headers: Object.entries(headers).map(([name, text]) => ({ name, value: bytes(text) })),
    batchBaseOffset: 0n,
  };
  return readUsage(record, usagePayload(record), mapping, NOW);
}

const GOOD = { tenant: "a", at: AT, seconds: 60, producedBytes: 600, consumedBytes: 1_200 };
const SPAN = { fromMs: AT_MS - 60_000, toMs: AT_MS };

describe("a record of a usage topic", () => {
  it.each<[what: string, written: Written, mapping: ReportedTopic, usage: object]>([
    ["bytes of a span", { value: GOOD }, MINUTE, { tenant: "a", ...SPAN, values: { produce: 600, consume: 1_200 } }],
    ["its time in milliseconds", { value: { ...GOOD, at: AT_MS } }, MINUTE, SPAN],
    ["its time in another zone", { value: { ...GOOD, at: "2026-06-01T13:59:00+02:00" } }, MINUTE, SPAN],
    ["no time, so the record's own", { value: GOOD, timestampMs: AT_MS }, UNTIMED, SPAN],
    ["bytes per second", { value: GOOD }, PER_SECOND, { fromMs: AT_MS, toMs: AT_MS, values: { produce: 600, consume: 1_200 } }],
    ["a clock that is a little ahead", { value: { ...GOOD, at: NOW + 59_000 } }, PER_SECOND, { toMs: NOW }],
    ["zero", { value: { ...GOOD, producedBytes: 0 } }, MINUTE, { values: { produce: 0, consume: 1_200 } }],
    ["one direction", { value: { ...GOOD, consumedBytes: undefined } }, MINUTE, { values: { produce: 600 } }],
    ["null for what is not known", { value: { ...GOOD, producedBytes: null } }, MINUTE, { values: { consume: 1_200 } }],
    ["its tenant in a header", { value: GOOD, headers: { t: "b" } }, { ...MINUTE, tenant: { header: "t" } }, { tenant: "b" }],
    ["its tenant as key", { value: GOOD, key: "c" }, { ...MINUTE, tenant: { key: true } }, { tenant: "c" }],
    [
      "fields inside others",
      { value: { ...GOOD, use: { in: 7 } } },
      { ...MINUTE, produce: "$.use.in" },
      { values: { produce: 7, consume: 1_200 } },
    ],
    ["a number as tenant", { value: { ...GOOD, tenant: 17 } }, MINUTE, { tenant: "17" }],
  ])("tells %s", (_what, written, mapping, usage) => {
    expect(read(written, mapping)).toMatchObject({ usage });
  });

  it.each<[what: string, written: Written, refusal: string, mapping?: ReportedTopic]>([
    ["text", { value: "tenant=a" }, "json"],
    ["half of it", { value: '{"tenant":"a","at":' }, "json"],
    ["nothing", { value: null }, "json"],
    ["a list", { value: [GOOD] }, "json"],
    ["a bare number", { value: "7" }, "json"],
    ["more than 16 kB", { value: { ...GOOD, more: "x".repeat(17_000) } }, "long"],
    ["no tenant", { value: { ...GOOD, tenant: undefined } }, "unnamed"],
    ["an empty tenant", { value: { ...GOOD, tenant: "" } }, "unnamed"],
    ["an object as tenant", { value: { ...GOOD, tenant: {} } }, "unnamed"],
    ["a field that every object has", { value: GOOD }, "unnamed", { ...MINUTE, tenant: { payloadPath: "$.constructor.name" } }],
    ["no header", { value: GOOD }, "unnamed", { ...MINUTE, tenant: { header: "t" } }],
    ["no time", { value: { ...GOOD, at: undefined } }, "time"],
    ["words as time", { value: { ...GOOD, at: "yesterday" } }, "time"],
    ["a time without a zone", { value: { ...GOOD, at: "2026-06-01T11:59:00" } }, "time"],
    ["seconds as time", { value: { ...GOOD, at: AT_MS / 1000 } }, "time"],
    ["an endless time", { value: `{"tenant":"a","at":1e999,"seconds":60,"producedBytes":1}` }, "time"],
    ["a record without a time", { value: GOOD, timestampMs: -1 }, "time", UNTIMED],
    ["a time in the future", { value: { ...GOOD, at: NOW + 61_000 } }, "ahead"],
    ["no span", { value: { ...GOOD, seconds: undefined } }, "span"],
    ["a span of nothing", { value: { ...GOOD, seconds: 0 } }, "span"],
    ["null as span", { value: { ...GOOD, seconds: null } }, "span"],
    ["a span backwards", { value: { ...GOOD, seconds: -60 } }, "span"],
    ["a span of a day", { value: { ...GOOD, seconds: 86_400 } }, "span"],
    ["less than nothing", { value: { ...GOOD, producedBytes: -1 } }, "value"],
    ["text as bytes", { value: { ...GOOD, producedBytes: "600" } }, "value"],
    ["no number", { value: { ...GOOD, consumedBytes: "NaN" } }, "value"],
    ["endless bytes", { value: `{"tenant":"a","at":${AT_MS},"seconds":60,"producedBytes":1e999}` }, "value"],
    ["more than any cluster carries", { value: { ...GOOD, producedBytes: 1e15 } }, "value"],
    ["more than that a second", { value: { ...GOOD, producedBytes: 1.1e12 } }, "value", PER_SECOND],
    ["none of the fields", { value: { ...GOOD, producedBytes: undefined, consumedBytes: undefined } }, "empty"],
  ])("is refused with %s", (_what, written, refusal, mapping) => {
    expect(read(written, mapping)).toMatchObject({ refusal });
  });

  it("that is refused still says whose it was and which time it was about, as far as it tells", () => {
    expect(read({ value: { ...GOOD, producedBytes: -1 } })).toEqual({ refusal: "value", tenant: "a", ...SPAN });
    const written = NOW - 50_000;
    expect(read({ value: { ...GOOD, at: "?" } })).toEqual({ refusal: "time", tenant: "a", fromMs: written, toMs: written });
    expect(read({ value: "?", key: "c", timestampMs: NOW + 1e9 }, { ...MINUTE, tenant: { key: true } })).toEqual({
      refusal: "json",
      tenant: "c",
      fromMs: NOW,
      toMs: NOW,
    });
  });
});
