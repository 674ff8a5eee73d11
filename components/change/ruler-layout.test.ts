import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RetentionRuler } from "@/lib/domain/change/plan";
import { unavailable } from "@/lib/domain/observed";
import { layRuler, type RulerSpan } from "./ruler-layout";

const DAY = 86_400_000;
const unknown = unavailable("r", "m", "2026-11-23T12:00:00.000Z");
const group = (groupId: string, timeBehindMs: number | null, losesRecords: number | null = null) => ({
  clusterId: "c1",
  groupId,
  topic: "t",
  timeBehindMs,
  losesRecords,
  hasMembers: true,
});
const ruler = (changes: Partial<RetentionRuler> = {}): RetentionRuler => ({
  kind: "retention",
  nowMs: 7 * DAY,
  afterMs: 3 * DAY,
  marks: [
    { label: "Gold default", value: 3 * DAY },
    { label: "Gold bound", value: 14 * DAY },
  ],
  staysBytes: unknown,
  goesBytes: unknown,
  groups: [],
  ...changes,
});
const spans = (now: RulerSpan, after: RulerSpan) => ({ now, after });

const plain = (text: string): string => text.replaceAll("\u00a0", " ");

describe("the retention ruler", () => {
  test("reaches to the tier's bound, and everything stands in proportion", () => {
    const layout = layRuler(ruler(), spans(7 * DAY, 3 * DAY), 720);
    expect(layout.extentMs).toBe(14 * DAY);
    expect(layout.now).toBeCloseTo(0.5);
    expect(layout.after).toBeCloseTo(3 / 14);
    expect(layout.axis.map(({ text }) => plain(text))).toEqual([
      "newest",
      "3 days, after, Gold default",
      "7 days, now",
      "14 days, Gold bound",
    ]);
  });

  test("a bound far beyond all that is does not press it into the corner", () => {
    const far = ruler({ marks: [{ label: "bound", value: 365 * DAY }] });
    expect(layRuler(far, spans(7 * DAY, 3 * DAY), 720).extentMs).toBe(7 * DAY);
    expect(layRuler(far, spans(null, null), 720).extentMs).toBe(365 * DAY);
  });

  test("unlimited reaches the end, unknown has no place", () => {
    expect(layRuler(ruler(), spans(7 * DAY, "unlimited"), 720)).toMatchObject({ after: 1 });
    expect(layRuler(ruler({ marks: [] }), spans(null, null), 720)).toMatchObject({ now: null, after: null, extentMs: DAY });
  });

  test("groups that lose are named, the furthest first; the others are counted to the furthest", () => {
    const groups = [
      group("fast", 12_000),
      group("slow", 778_000),
      group("archive", 3.3 * DAY, 145),
      group("older", 4 * DAY, 9),
      group("oldest", 5 * DAY, 1),
      group("unseen", null),
    ];
    const { groupLabels, ticks, unplaced } = layRuler(ruler({ groups }), spans(7 * DAY, 3 * DAY), 720);
    expect(unplaced).toBe(1);
    expect(ticks.filter(({ loses }) => loses)).toHaveLength(3);
    expect(groupLabels.map(({ text, loses }) => [text.replaceAll("\u00a0", " "), loses])).toEqual([
      ["oldest, 5 d 0 h behind", true],
      ["2 more groups that lose", true],
      ["2 groups, to 12 m 58 s behind", false],
    ]);
  });

  test.each<[number[], string]>([
    [[0], "a0, not behind"],
    [[0, 0], "2 groups, not behind"],
    [[0, 38_000], "2 groups, to 38 s behind"],
  ])("%o ms behind reads %o", (behind, words) => {
    const groups = behind.map((ms, index) => group(`a${index}`, ms));
    const { groupLabels } = layRuler(ruler({ groups }), spans(DAY, DAY), 720);
    expect(groupLabels.map(({ text }) => plain(text))).toEqual([words]);
  });

  test("a name of any length is cut", () => {
    const { groupLabels } = layRuler(ruler({ groups: [group("g".repeat(249), DAY)] }), spans(DAY, DAY), 720);
    expect(groupLabels[0]?.text.length).toBeLessThan(60);
  });

  test("labels never cover each other nor leave the ruler, whatever the numbers", () => {
    const some = fc.array(fc.record({ ms: fc.nat(60 * DAY), loses: fc.nat(2) }), { maxLength: 8 });
    fc.assert(
      fc.property(some, fc.nat(40 * DAY), fc.nat(40 * DAY), fc.integer({ min: 320, max: 900 }), (list, now, after, width) => {
        const groups = list.map(({ ms, loses }, index) => group(`group-${index}`, ms, loses));
        const { groupLabels, axis } = layRuler(ruler({ groups }), spans(now, after), width);
        for (const labels of [groupLabels, axis]) {
          for (const [index, a] of labels.entries()) {
            expect(a.left).toBeGreaterThanOrEqual(0);
            for (const b of labels.slice(index + 1)) {
              const apart = a.row !== b.row || a.left + a.text.length * 6 <= b.left || b.left + b.text.length * 6 <= a.left;
              expect(apart).toBe(true);
            }
          }
        }
      }),
    );
  });
});
