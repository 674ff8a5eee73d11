import { expect, it } from "vitest";
import { watchAttendance } from "./attendance";

it("a page is attended for a minute after each sign of a person, and after it was opened", () => {
  const page = new EventTarget();
  let nowMs = 5_000;
  const { isAttended } = watchAttendance(page, () => nowMs);
  nowMs += 59_999;
  expect(isAttended()).toBe(true);
  nowMs += 1;
  expect(isAttended()).toBe(false);
  for (const sign of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) {
    page.dispatchEvent(new Event(sign));
    expect([sign, isAttended()]).toEqual([sign, true]);
    nowMs += 60_000;
    expect([sign, isAttended()]).toEqual([sign, false]);
  }
  page.dispatchEvent(new Event("visibilitychange"));
  expect(isAttended()).toBe(false);
});
