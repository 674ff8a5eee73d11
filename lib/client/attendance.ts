/** After so long without a sign of a person, what a page asks for is asked by itself. */
const UNATTENDED_AFTER_MS = 60_000;

const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

export interface Attendance {
  /** Whether somebody touched the page lately; who has just opened it did. */
  isAttended: () => boolean;
}

/** `now`: milliseconds of a clock that nobody sets. */
export function watchAttendance(target: EventTarget, now: () => number): Attendance {
  let lastMs = now();
  const note = (): void => {
    lastMs = now();
  };
  for (const sign of SIGNS) target.addEventListener(sign, note, { passive: true, capture: true });
  return { isAttended: () => now() - lastMs < UNATTENDED_AFTER_MS };
}

const ofThisPage = typeof window === "undefined" ? null : watchAttendance(window, () => performance.now());

export function isAttended(): boolean {
  return ofThisPage?.isAttended() ?? true;
}
