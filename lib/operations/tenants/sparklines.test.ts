import { beforeEach, expect, it, vi } from "vitest";
import { AppError } from "@/lib/domain/errors";
import { contextOf } from "@/lib/operations/testing/context";
import type { Range } from "@/lib/operations/time-range";
import { readSparklines, type Store } from "@/lib/store";
import { sparklinesOf } from "./sparklines";

vi.mock("@/lib/store", () => ({ readSparklines: vi.fn() }));
const reading = vi.mocked(readSparklines);
const away = new AppError("unavailable", "The database is away.");

beforeEach(() => {
  reading.mockReset();
  reading.mockImplementation(async () => new Map([["acme", [0, null, reading.mock.calls.length]]]));
});

function world() {
  let minute = 1_000;
  const context = contextOf(undefined, { store: {} as Store, now: () => new Date(minute * 60_000) });
  /** Who asks starts a reading that is due, and is given what there is until it is done. */
  const ask = async (range: Range) => {
    const lines = await sparklinesOf(context, range);
    await new Promise((resolve) => setImmediate(resolve));
    return lines;
  };
  const pass = (minutes: number) => {
    minute += minutes;
  };
  return { ask, pass };
}

it.each<[Range, number]>([
  ["15m", 1],
  ["6h", 1],
  ["24h", 5],
  ["7d", 30],
  ["30d", 120],
])("of %s are read every %i minutes for all who ask", async (range, minutes) => {
  const { ask, pass } = world();
  for (let passed = 0; passed < minutes; passed += 1) {
    await Promise.all([ask(range), ask(range)]);
    pass(1);
  }
  expect(reading).toHaveBeenCalledTimes(1);
  await Promise.all([ask(range), ask(range)]);
  expect(reading).toHaveBeenCalledTimes(2);
});

it("are drawn against their own peak, and nothing waits for a newer edition", async () => {
  const { ask, pass } = world();
  const first = await ask("1h");
  expect(first.get("acme")).toBe("0-z");
  pass(2);
  expect(await ask("1h")).toBe(first);
  expect(await ask("1h")).not.toBe(first);
});

it("are looked for every minute while nobody has one", async () => {
  const { ask, pass } = world();
  reading.mockResolvedValue(new Map());
  await ask("30d");
  pass(1);
  await ask("30d");
  expect(reading).toHaveBeenCalledTimes(2);
});

it("stay as they were known while the database is away, which is tried again every minute", async () => {
  const { ask, pass } = world();
  await ask("24h");
  pass(5);
  reading.mockRejectedValue(away);
  await ask("24h");
  expect((await ask("24h")).get("acme")).toBe("0-z");
  pass(1);
  await ask("24h");
  expect(reading).toHaveBeenCalledTimes(3);
});

it("tell of a mistake of ours to whoever asks, and are read again", async () => {
  const { ask, pass } = world();
  await ask("1h");
  pass(2);
  reading.mockRejectedValueOnce(new Error("a bug"));
  await ask("1h");
  await expect(ask("1h")).rejects.toThrow("a bug");
  pass(2);
  await ask("1h").catch(() => undefined);
  expect((await ask("1h")).get("acme")).toBe("0-z");
});
