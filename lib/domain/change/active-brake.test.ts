import { expect, test } from "vitest";
import { brakesByTenant } from "./active-brake";
import type { ChangeRequest } from "./request";

const UNTIL = "2026-11-23T10:30:00.000Z";
const operation = (user: string, state: "applied" | "unverified" | "failed" | "conflict") => ({
  target: { kind: "quota" as const, clusterId: "c1", entity: { user }, key: "producer_byte_rate" as const },
  before: "50000",
  after: "20000",
  phase: "tighten" as const,
  unit: "tenant:acme",
  note: null,
  state,
});
const brake = (id: number, tenantId: string, request: Partial<ChangeRequest> = {}) => ({
  id,
  request: { kind: "brake", tenantId, produceBytesPerSecond: 20_000, minutes: 30, ...request } as ChangeRequest,
  brakeUntil: UNTIL,
  actor: "ada",
  reason: null,
  operations: [operation("a", "applied"), operation("b", "failed"), operation("c", "unverified"), operation("d", "conflict")],
});

test("a brake is what was written of it, by whom and until when", () => {
  const { operations, ...about } = brakesByTenant([brake(7, "acme")]).get("acme") ?? { operations: [] };
  expect(about).toEqual({ changeId: 7, tenantId: "acme", until: UNTIL, by: "ada", reason: null });
  expect(operations.map(({ target }) => target.kind === "quota" && target.entity.user)).toEqual(["a", "c"]);
  expect(operations[0]).not.toHaveProperty("state");
});

test("of two brakes on a tenant the newer counts, in whatever order they come; other changes do not", () => {
  const other = brake(9, "acme", { kind: "brake-release", tenantId: "acme" });
  for (const changes of [
    [brake(7, "acme"), brake(8, "acme"), other],
    [brake(8, "acme"), other, brake(7, "acme")],
  ]) {
    expect(brakesByTenant(changes).get("acme")?.changeId).toBe(8);
  }
});
