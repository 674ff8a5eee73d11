import { describe, expect, it } from "vitest";
import { ByteRate, Bytes, Duration, parseByteRate, parseBytes, parseDurationMs } from "./units";

describe("units as people write them", () => {
  it.each([
    ["1 MB", 1_000_000],
    ["1.5MB", 1_500_000],
    ["512 KiB", 524_288],
    ["0 B", 0],
    ["1 tb", 1_000_000_000_000],
  ])("reads the size %s", (text, bytes) => expect(parseBytes(text)).toBe(bytes));

  it.each([
    ["20 MB/s", 20_000_000],
    ["200 kB / s", 200_000],
    ["1 MiB/s", 1_048_576],
  ])("reads the rate %s", (text, bytesPerSecond) => expect(parseByteRate(text)).toBe(bytesPerSecond));

  it.each([
    ["7 days", 604_800_000],
    ["90 min", 5_400_000],
    ["1.5 h", 5_400_000],
    ["250 ms", 250],
  ])("reads the duration %s", (text, ms) => expect(parseDurationMs(text)).toBe(ms));

  it.each(["7 dayz", "", "MB", "-1 MB", "1e30 MB", "NaN MB", "1 MB/s", "٣ MB"])("refuses the size %j", (text) =>
    expect(parseBytes(text)).toBeNull(),
  );
  it.each(["5 MB", "5/s", "five MB/s"])("refuses the rate %j", (text) => expect(parseByteRate(text)).toBeNull());
  it("refuses a size that a number cannot hold exactly", () => expect(parseBytes("99999999999 TB")).toBeNull());
});

describe("units in a file", () => {
  it("takes plain numbers as they are", () => {
    expect(Bytes.parse(1048576)).toBe(1048576);
    expect(Duration.parse("3 days")).toBe(259_200_000);
  });

  it.each([-1, 1.5, 1e30, Number.NaN, null, true])("refuses %s", (value) => expect(ByteRate.safeParse(value).success).toBe(false));

  it("says what could be written instead", () => {
    expect(Duration.safeParse("7 dayz").error?.issues[0]?.message).toContain('"7 days"');
  });
});
