// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import type { RowUse } from "@/lib/domain/views/use";
import { QuotaBar, QuotaFigures } from "./quota-bar";
import { pictureOf, rateUnitFor, wordsOf } from "./quota-words";

const USE: RowUse = {
  state: "free",
  bytesPerSecond: 9_000_000,
  source: "measured",
  share: 0.78,
  worstBytesPerSecond: 3_900_000,
  brokerId: 2,
  throttleMs: 0,
  promiseShare: 0.75,
};
const use = (changes: Partial<RowUse> = {}): RowUse => ({ ...USE, ...changes });
const unlimited: Partial<RowUse> = { share: null, worstBytesPerSecond: null, brokerId: null, throttleMs: null };
/** Non-breaking and narrow spaces read as plain ones here. */
const plain = (text: string | null | undefined): string => (text ?? "").replace(/[\u00a0\u202f]/g, " ");

function draw(given: RowUse): HTMLElement {
  const { container } = render(<QuotaFigures use={given} direction="produce" unit="MB/s" />);
  return container;
}

afterEach(cleanup);

describe("the picture", () => {
  test.each<[string, Partial<RowUse>, string | null]>([
    ["below 80 % is neutral", { share: 0.79 }, null],
    ["from 80 % is amber", { share: 0.8, state: "near" }, "warn"],
    ["at 100 % is still amber", { share: 1, state: "near" }, "warn"],
    ["over 100 % is red", { share: 1.01, state: "near" }, "danger"],
    ["throttled at a low mean is amber: a mean hides single seconds", { share: 0.4, state: "at-limit", throttleMs: 20 }, "warn"],
    ["throttled below the promise is red whatever the share", { share: 0.9, state: "throttled-below-promise", throttleMs: 420 }, "danger"],
    ["without a quota has no tone", { ...unlimited, state: "no-limit", promiseShare: 1.2 }, null],
  ])("%s", (_words, changes, tone) => expect(pictureOf(use(changes)).tone).toBe(tone));

  test("use, no limit, unknown and zero are four different pictures", () => {
    const pictures = [
      use(),
      use({ ...unlimited, state: "no-limit" }),
      use({ ...unlimited, state: "unknown", bytesPerSecond: null, source: "unavailable", promiseShare: null }),
      use({ state: "idle", share: 0, bytesPerSecond: 0, worstBytesPerSecond: 0, promiseShare: 0 }),
    ].map((each) => {
      const { container } = render(<QuotaBar use={each} direction="produce" />);
      const bar = container.firstElementChild;
      return `${bar?.className} ${bar?.getAttribute("style")} ${bar?.innerHTML}`;
    });
    expect(new Set(pictures).size).toBe(4);
  });

  test("no limit and unknown have no end mark; the promise's thin line stays where it is known", () => {
    const noLimit = draw(use({ ...unlimited, state: "no-limit", promiseShare: 1.18 }));
    expect(noLimit.querySelector(".end")).toBeNull();
    expect(noLimit.querySelector(".total")).not.toBeNull();
    expect(noLimit.querySelector(".quota-bar")?.className).toContain("past");
    const unknown = draw(use({ ...unlimited, state: "unknown", promiseShare: null }));
    expect(unknown.querySelector(".end")).toBeNull();
    expect(unknown.querySelector(".total")).toBeNull();
  });

  test("only measured throttling is hatched", () => {
    expect(draw(use({ state: "at-limit", share: 1, throttleMs: 35 })).querySelector(".throttled")).not.toBeNull();
    expect(draw(use({ state: "near", share: 1.2, throttleMs: null, source: "derived" })).querySelector(".throttled")).toBeNull();
  });

  test("a share without a quota is not drawn as zero", () => {
    expect(pictureOf(use({ state: "free", share: null })).kind).toBe("unknown");
  });
});

describe("the words", () => {
  test.each<[Partial<RowUse>, string]>([
    [{}, "78 %3.9 · b2"],
    [{ state: "near", share: 0.97 }, "97 %3.9 · b2"],
    [{ state: "at-limit", share: 0.95, throttleMs: 35 }, "≥95 %35 ms"],
    [{ state: "throttled-below-promise", share: 1.01, throttleMs: 420 }, "≥101 %420 ms"],
    [{ state: "not-in-force", share: 1.12, throttleMs: null, source: "derived" }, "112 %3.9 · b2"],
    [{ ...unlimited, state: "no-limit", bytesPerSecond: 31_600_000 }, "no limit · 31.6"],
    [{ ...unlimited, state: "no-limit", bytesPerSecond: 31_600_000, atLeast: true }, "no limit · ≥31.6"],
    [{ ...unlimited, state: "no-limit", bytesPerSecond: 31_600_000, source: "estimated", error: 0.2 }, "31.6 ±20 %"],
    [{ state: "idle", share: 0, bytesPerSecond: 0, worstBytesPerSecond: 0 }, "0 B/s"],
    [
      { ...unlimited, state: "unknown", bytesPerSecond: null, source: "unavailable", reason: "No identity: it signs in as others do." },
      "No identity",
    ],
    [{ ...unlimited, state: "unknown", bytesPerSecond: 1_400_000, reason: "quotas forbidden" }, "1.4 · quotas forbidden"],
  ])("%o reads %s", (changes, words) => expect(plain(draw(use(changes)).textContent)).toBe(words));

  test("throttling is never said of what was not measured", () => {
    const derived = wordsOf(use({ state: "near", share: 1.2, throttleMs: null, source: "derived" }), "MB/s");
    expect(derived.spoken).toContain("throttling is not visible");
    expect(derived.spoken).not.toMatch(/throttled/);
    expect(wordsOf(use({ throttleMs: 0 }), "MB/s").spoken).not.toMatch(/throttl/);
  });

  test("what must be heard: percentage, rate, quota, broker, promise, source", () => {
    const { spoken } = wordsOf(
      use({ state: "throttled-below-promise", share: 1.01, worstBytesPerSecond: 10_100_000, throttleMs: 420 }),
      "MB/s",
    );
    expect(plain(spoken)).toBe(
      "at least 101 %, 10.1 of 10.0 MB/s on broker 2; throttled below its promise; throttled 420 ms; total 9.0 of 12.0 MB/s promised; measured",
    );
  });
});

describe("for a screen reader", () => {
  test("a limited bar is a meter that stays inside its range", () => {
    render(<QuotaBar use={use({ share: 1.4, state: "near" })} direction="consume" />);
    const meter = screen.getByRole("meter", { name: "Consume against quota" });
    expect(meter.getAttribute("aria-valuenow")).toBe("100");
    expect(plain(meter.getAttribute("aria-valuetext"))).toContain("140 %");
  });

  test("no limit and unknown are images with words, not meters with a number", () => {
    render(<QuotaBar use={use({ ...unlimited, state: "no-limit" })} direction="produce" />);
    render(<QuotaBar use={use({ ...unlimited, state: "unknown", reason: "shared readers" })} direction="consume" />);
    expect(screen.queryByRole("meter")).toBeNull();
    expect(screen.getByRole("img", { name: /no limit/ })).toBeTruthy();
    expect(screen.getByRole("img", { name: /unknown: shared readers/ })).toBeTruthy();
  });

  test("every figure says how it came to be known", () => {
    for (const source of ["measured", "derived", "estimated", "reported", "unavailable"] as const) {
      draw(use({ source }));
      expect(screen.getByRole("img", { name: source })).toBeTruthy();
      cleanup();
    }
  });
});

test("the unit of a column is the one in which its largest rate has a digit before the point", () => {
  expect(rateUnitFor([null, 999_999])).toBe("kB/s");
  expect(rateUnitFor([null, 20, 1_000_000])).toBe("MB/s");
  expect(rateUnitFor([])).toBe("kB/s");
});
