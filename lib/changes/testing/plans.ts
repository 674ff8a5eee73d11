import type { Phase, PlannedOperation } from "@/lib/domain/change/operation";
import type { QuotaKey } from "@/lib/domain/facts";
import type { ChangeIntent } from "@/lib/store";

export const START = "2026-06-01T09:00:00.000Z";

type More = Partial<Pick<PlannedOperation, "before" | "after" | "phase" | "unit" | "inherited">> & { clusterId?: string };

/** Retention of a topic of a tenant, which is the part of its name before the dot: from a week to a day. */
export function retention(topic: string, { clusterId = "shared-1", ...more }: More = {}): PlannedOperation {
  const target = { kind: "topic-config" as const, clusterId, topic, key: "retention.ms" };
  return { target, before: "604800000", after: "86400000", phase: "tighten", unit: unitOf(topic), note: null, ...more };
}

/** A quota of a user, from 1 to 2 MB/s. */
export function quota(
  user: string,
  key: QuotaKey = "producer_byte_rate",
  { clusterId = "shared-1", ...more }: More = {},
): PlannedOperation {
  const target = { kind: "quota" as const, clusterId, entity: { user }, key };
  return { target, before: "1000000", after: "2000000", phase: "loosen", unit: unitOf(user), note: null, ...more };
}

/** Partitions of a topic, from 3 to 6. */
export function partitions(topic: string, { clusterId = "shared-1", ...more }: More = {}): PlannedOperation {
  const target = { kind: "partitions" as const, clusterId, topic };
  return { target, before: "3", after: "6", phase: "grow", unit: unitOf(topic), note: null, ...more };
}

/** A tenant from silver to gold. */
export function onTier(tenantId: string, more: More = {}): PlannedOperation {
  const target = { kind: "tenant-tier" as const, tenantId };
  return { target, before: '"silver"', after: '"gold"', phase: "declare" as Phase, unit: `tenant:${tenantId}`, note: null, ...more };
}

function unitOf(name: string): string {
  return `tenant:${name.split(".")[0]}`;
}

let keys = 0;

export function intent(operations: PlannedOperation[], more: Partial<ChangeIntent> = {}): ChangeIntent {
  keys++;
  return {
    kind: "retention",
    title: "Set retention",
    request: { kind: "retention", scope: { tierId: "gold" }, retentionMs: 86_400_000 },
    consequences: [],
    leftOut: [],
    fingerprint: `fingerprint-${keys}`,
    actor: "ada",
    reason: null,
    correlationId: "request-1",
    idempotencyKey: `key-${keys}`,
    rollout: null,
    revertsId: null,
    brakeMinutes: null,
    at: START,
    operations,
    ...more,
  };
}
