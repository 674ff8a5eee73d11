import { z } from "zod";
import { QUOTA_KEYS } from "@/lib/domain/facts";
import { OverrideScope, OverrideSetting } from "@/lib/domain/override";
import { ObservedNumber } from "@/lib/domain/views/common";

/** A quota's entity as a rule has it: an absent key is not part of it, null is Kafka's default entity. */
export const Entity = z.object({
  user: z.string().nullable().exactOptional(),
  clientId: z.string().nullable().exactOptional(),
  ip: z.string().nullable().exactOptional(),
});

/** One value that can be written, in Kafka or in the declarations. */
export const Target = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("topic-config"), clusterId: z.string(), topic: z.string(), key: z.string() }),
  z.object({ kind: z.literal("partitions"), clusterId: z.string(), topic: z.string() }),
  z.object({ kind: z.literal("quota"), clusterId: z.string(), entity: Entity, key: z.enum(QUOTA_KEYS) }),
  z.object({ kind: z.literal("tenant-tier"), tenantId: z.string() }),
  z.object({ kind: z.literal("override"), tenantId: z.string(), setting: OverrideSetting, on: OverrideScope.exactOptional() }),
  z.object({ kind: z.literal("tier"), tierId: z.string() }),
  z.object({ kind: z.literal("managed-elsewhere"), tenantId: z.string() }),
]);
export type Target = z.infer<typeof Target>;

/**
 * Operations of a unit run in this order, so that stopping after any one leaves nobody worse off than before or after: limits are
 * raised, then it is declared, then limits are tightened; what cannot be taken back comes last.
 */
export const PHASES = ["loosen", "declare", "tighten", "grow"] as const;
export const Phase = z.enum(PHASES);
export type Phase = z.infer<typeof Phase>;

/**
 * One value before and after. `before` and `after` are what is written, as text: null means that there is no value of its own (no
 * override of the topic, no rule). Declarations are JSON in canonical form.
 */
export const PlannedOperation = z.object({
  target: Target,
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** Where a topic's value comes from while it has none of its own, and what it is; absent where there is nothing to inherit. */
  inherited: z.object({ value: z.string().nullable(), source: z.string() }).exactOptional(),
  phase: Phase,
  /** What is carried out together and fails together: `tenant:acme`, `topic:shared-1/pool.events`, `cluster:shared-1`, `tier:gold`. */
  unit: z.string(),
  /** How `after` was arrived at: "120 kB/s × 1.25 / 3 brokers". */
  note: z.string().nullable(),
  /** Bytes that go with it, where it deletes records. */
  deletesBytes: ObservedNumber.exactOptional(),
});
export type PlannedOperation = z.infer<typeof PlannedOperation>;

/** What one operation came to. `started`: its effect may be there; whoever goes on reads first. */
export const OPERATION_STATES = ["pending", "started", "applied", "failed", "conflict", "unverified", "not-attempted"] as const;
export const OperationState = z.enum(OPERATION_STATES);
export type OperationState = z.infer<typeof OperationState>;

/**
 * `waiting`: stored, not begun. `paused`: by a person, by its failure limit, or after its first tenants. `cancelling` ends after the
 * operations under way. The rest is final: `partly`: some operations were applied and some were not; `unverified`: written, but the
 * new value was not seen in time.
 */
export const CHANGE_STATES = [
  "waiting",
  "running",
  "paused",
  "cancelling",
  "applied",
  "partly",
  "failed",
  "unverified",
  "cancelled",
] as const;
export const ChangeState = z.enum(CHANGE_STATES);
export type ChangeState = z.infer<typeof ChangeState>;

export const UNFINISHED: readonly ChangeState[] = ["waiting", "running", "paused", "cancelling"];

export function isFinished(state: ChangeState): boolean {
  return !UNFINISHED.includes(state);
}

const RESOURCE_WORDS = { user: "user", clientId: "client-id", ip: "address" } as const;

/** The entity in words: "user acme", "default user, client-id app". */
export function entityName(entity: z.infer<typeof Entity>): string {
  return (["user", "clientId", "ip"] as const)
    .filter((part) => entity[part] !== undefined)
    .map((part) => (entity[part] === null ? `default ${RESOURCE_WORDS[part]}` : `${RESOURCE_WORDS[part]} ${entity[part]}`))
    .join(", ");
}

/** Names the resource that is changed; two unfinished changes must not have one in common. */
export function resourceOf(target: Target): string {
  switch (target.kind) {
    case "topic-config":
    case "partitions":
      return `topic ${target.clusterId} ${target.topic}`;
    case "quota":
      return `quota ${target.clusterId} ${entityName(target.entity)}`;
    case "tier":
      return `tier ${target.tierId}`;
    case "tenant-tier":
    case "override":
    case "managed-elsewhere":
      return `tenant ${target.tenantId}`;
  }
}

/** The cluster an operation writes to; null: the console's own declarations. */
export function clusterOf(target: Target): string | null {
  return "clusterId" in target ? target.clusterId : null;
}
