/** Idempotency keys of what the console asks for by itself. Nobody else may use one: it would stand in the way of the console's own. */
export const BRAKE_END = "brake-end-";
export const OVERRIDE_END = "override-end-";

/** How a brake's own end is asked for, so that each attempt is asked for once. `attempt`: from 1. */
export function brakeEndKey(changeId: number, attempt: number): string {
  return attempt === 1 ? `${BRAKE_END}${changeId}` : `${BRAKE_END}${changeId}-${attempt}`;
}

export function isOwnKey(idempotencyKey: string): boolean {
  return idempotencyKey.startsWith(BRAKE_END) || idempotencyKey.startsWith(OVERRIDE_END);
}
