import { type APIRequestContext, expect } from "@playwright/test";

export interface AppliedChange {
  id: number;
  state: string;
  operations: Record<string, number>;
}

/** Plans and applies as a script would. */
export async function applyByApi(request: APIRequestContext, wanted: object, reason: string, rollout?: object): Promise<AppliedChange> {
  const planned = await request.post("/api/changes/plan", { data: { request: wanted } });
  const { fingerprint, confirm, refusals } = await planned.json();
  expect(refusals).toEqual([]);
  const typed = confirm.typeName === null ? {} : { typed: confirm.typeName };
  const data = { request: wanted, fingerprint, reason, idempotencyKey: crypto.randomUUID(), ...typed };
  const answer = await request.post("/api/changes", { data: rollout === undefined ? data : { ...data, rollout } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
}
