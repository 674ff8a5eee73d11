import { describe, expect, it } from "vitest";
import type { RecordFact } from "@/lib/domain/facts";
import { showBytes } from "./shown-bytes";
import { SHOWN_BOUNDS, ShownRecord, showRecord } from "./shown-record";

const bytes = (text: string) => new TextEncoder().encode(text);
const record = (changes: Partial<RecordFact> = {}): RecordFact => ({
  partition: 3,
  offset: 9_007_199_254_740_993n,
  timestampMs: Date.parse("2026-11-23T12:00:00.000Z"),
  key: bytes("k"),
  value: bytes("v"),
  headers: [],
  batchBaseOffset: 0n,
  ...changes,
});

describe("bytes of a record", () => {
  it.each([
    ["text", "grün, 漢字, 🙂", "grün, 漢字, 🙂"],
    ["markup", "<script>alert(1)</script>", "<script>alert(1)</script>"],
    ["lines and tabs", "{\n\t1\n}", "{\n\t1\n}"],
    ["nothing", "", ""],
  ])("that are %s stand as they are", (_what, text, shown) => {
    expect(showBytes(bytes(text), 100)).toEqual({ form: "text", shown, bytes: bytes(text).byteLength, cut: false, coded: 0 });
  });

  it.each([
    ["a null character", "a\0b", "a\\u{0}b", 1],
    ["an escape sequence of a terminal", "\u001b[31m", "\\u{1b}[31m", 1],
    ["a carriage return", "a\r\n", "a\\u{d}\n", 1],
    ["a control of Latin-1", "\u0085", "\\u{85}", 1],
    ["a turned direction", "a\u202eb\u2066c\u200f", "a\\u{202e}b\\u{2066}c\\u{200f}", 3],
    ["what has no width", "pass\u200bword\ufeff", "pass\\u{200b}word\\u{feff}", 2],
    ["a byte order mark in front", "\ufeff{}", "\\u{feff}{}", 1],
    ["a tag", "\u{e0041}", "\\u{e0041}", 1],
    ["a line break that is none", "a\u2028b", "a\\u{2028}b", 1],
  ])("with %s show its code", (_what, text, shown, coded) => {
    expect(showBytes(bytes(text), 100)).toMatchObject({ form: "text", shown, coded });
  });

  it.each([
    ["a broken character", [0x61, 0xc3, 0x28], "61 c3 28"],
    ["half of one at the end", [0x61, 0xe6, 0xbc], "61 e6 bc"],
    ["a surrogate", [0xed, 0xa0, 0x80], "ed a0 80"],
    ["an overlong one", [0xc0, 0xaf], "c0 af"],
  ])("with %s are no text, and stand as hex", (_what, raw, shown) => {
    expect(showBytes(Uint8Array.from(raw), 100)).toEqual({ form: "hex", shown, bytes: raw.length, cut: false, coded: 0 });
  });

  it("are cut between two characters, with their true size", () => {
    expect(showBytes(bytes("aaa漢"), 4)).toEqual({ form: "text", shown: "aaa", bytes: 6, cut: true, coded: 0 });
    expect(showBytes(bytes("aaa漢"), 6)).toMatchObject({ shown: "aaa漢", cut: false });
    expect(showBytes(Uint8Array.from([0xff, 1, 2, 3]), 2)).toEqual({ form: "hex", shown: "ff 01", bytes: 4, cut: true, coded: 0 });
  });

  it("that are not there are not empty", () => {
    expect(showBytes(null, 100)).toBeNull();
  });
});

describe("a record", () => {
  it("keeps its offset whole, and tells a tombstone from an empty value", () => {
    expect(showRecord(record({ value: null }))).toMatchObject({
      partition: 3,
      offset: "9007199254740993",
      at: "2026-11-23T12:00:00.000Z",
      key: { shown: "k" },
      value: null,
    });
    expect(showRecord(record({ key: null, value: new Uint8Array() }))).toMatchObject({ key: null, value: { shown: "", bytes: 0 } });
  });

  it.each([-1, -62_135_596_800_001, 253_402_300_800_000, 9_223_372_036_854_776_000, Number.NaN])(
    "of the time %d has none",
    (timestampMs) => {
      expect(showRecord(record({ timestampMs })).at).toBeNull();
    },
  );

  it("of a megabyte is shown in part, with its size", () => {
    const { value } = showRecord(record({ value: new Uint8Array(1_048_576).fill(0x61) }));
    expect(value).toMatchObject({ bytes: 1_048_576, cut: true });
    expect(value?.shown).toHaveLength(SHOWN_BOUNDS.bytes);
  });

  it("with very many and large headers shows some, and says how many there are", () => {
    const headers = Array.from({ length: 5_000 }, (_, index) => ({
      name: `${"n\u202e".repeat(500)}${index}`,
      value: bytes("x".repeat(5_000)),
    }));
    const shown = showRecord(record({ headers: [...headers, { name: "none", value: null }] }));
    expect([shown.headers.length, shown.headerCount]).toEqual([20, 5_001]);
    expect(shown.headers[0]?.value).toMatchObject({ bytes: 5_000, cut: true });
    expect(shown.headers[0]?.name).not.toContain("\u202e");
    expect(showRecord(record({ headers: [{ name: "none", value: null }] })).headers).toEqual([{ name: "none", value: null }]);
  });

  it("is small however large it was", () => {
    const raw = { key: new Uint8Array(5_000), value: new Uint8Array(2_000_000) };
    const headers = Array.from({ length: 500 }, () => ({ name: "\0".repeat(300), value: new Uint8Array(3_000) }));
    const shown = ShownRecord.parse(showRecord(record({ ...raw, headers })));
    expect(JSON.stringify(shown).length).toBeLessThan(100_000);
  });
});
