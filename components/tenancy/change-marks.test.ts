import { expect, test } from "vitest";
import { changeMarks } from "./change-marks";

const at = (minute: number) => new Date(Date.UTC(2026, 5, 1, 12, minute)).toISOString();
const change = (id: number, minute: number) => ({ id, title: `Change it ${id}`, actor: "ada", at: at(minute) });
const axis = { fromMs: Date.parse(at(0)), toMs: Date.parse(at(50)) };

test("a change leads to its page, and several close together to the record of all", () => {
  const marks = changeMarks([change(1, 2), change(2, 20), change(3, 22), change(4, 24), change(5, 26)], axis, (href) => href);
  expect(marks.map(({ href }) => href)).toEqual(["/changes/1", "/changes", "/changes/5"]);
  expect(marks[1]?.words).toMatch(/^3 changes, the last: Change it 4, by ada, /);
  const starts = marks.map(({ fromMs }) => (fromMs - axis.fromMs) / (axis.toMs - axis.fromMs));
  for (const [index, start] of starts.entries()) if (index > 0) expect(start - (starts[index - 1] ?? 0)).toBeGreaterThanOrEqual(0.1);
});
