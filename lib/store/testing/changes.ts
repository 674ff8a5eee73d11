import type { PlannedOperation } from "@/lib/domain/change/operation";
import { storeChange } from "@/lib/store/changes/store-change";
import type { ChangeIntent, StoredChange } from "@/lib/store/changes/types";
import type { Store } from "@/lib/store/store";

export const AT = "2026-06-01T09:00:00.000Z";

/** So many minutes after `AT`. */
export function atMinute(minutes: number): string {
  return new Date(Date.parse(AT) + minutes * 60_000).toISOString();
}

/** Retention of a topic, from a week to a day. */
export function retention(clusterId: string, topic: string, unit: string): PlannedOperation {
  const target = { kind: "topic-config" as const, clusterId, topic, key: "retention.ms" };
  return { target, before: "604800000", after: "86400000", phase: "tighten", unit, note: null };
}

/** The produce quota of a user, from none to 1 MB/s. */
export function quota(clusterId: string, user: string, unit: string): PlannedOperation {
  const target = { kind: "quota" as const, clusterId, entity: { user }, key: "producer_byte_rate" as const };
  return { target, before: null, after: "1000000", phase: "tighten", unit, note: "3 MB/s / 3 brokers" };
}

let keys = 0;

/** A change under a key of its own, of one topic of one tenant unless told otherwise. */
export function intent(change: Partial<ChangeIntent> = {}): ChangeIntent {
  keys += 1;
  const topic = `topic-${keys}`;
  return {
    kind: "retention",
    title: "Set retention to 1 day on 1 topic",
    request: { kind: "retention", scope: { topics: [{ clusterId: "changed", topic }] }, retentionMs: 86_400_000 },
    consequences: [{ class: "note", sentence: "3 GB go.", detail: null, tenantId: null, clusterId: "changed", links: [], instead: null }],
    leftOut: [],
    fingerprint: `fingerprint-${keys}`,
    actor: "ada",
    reason: null,
    correlationId: "request-1",
    idempotencyKey: `key-${keys}`,
    rollout: null,
    revertsId: null,
    brakeMinutes: null,
    at: AT,
    operations: [retention("changed", topic, "tenant:acme")],
    ...change,
  };
}

/** Stores a change that must be new. */
export async function stored(store: Store, change: Partial<ChangeIntent> = {}): Promise<StoredChange> {
  const { change: found, created } = await storeChange(store, intent(change));
  if (!created) throw new Error("The change was there already.");
  return found;
}

/** A change of so many tenants, each with two topics and a quota. */
export function rollout(tenants: readonly string[], clusterId = "changed"): Partial<ChangeIntent> {
  const operations = tenants.flatMap((id) => [
    retention(clusterId, `${id}.a`, `tenant:${id}`),
    retention(clusterId, `${id}.b`, `tenant:${id}`),
    quota(clusterId, id, `tenant:${id}`),
  ]);
  const request = { kind: "tier" as const, scope: { tierId: "gold" }, tierId: "silver", dropOverrides: [] };
  return { kind: "tier", title: "Put tenants on the tier Silver", request, operations };
}
