import type { CapabilityId } from "@/lib/domain/isolation";
import type { MskKind } from "@/lib/domain/msk-facts";

/** Needs that are there or not, and the rows of the matrix that decide on them. */
export const PLAIN_NEEDS = {
  key: { words: "An encryption key of its own", capabilities: ["own-encryption-key"] },
  retention: { words: "Retention of its own", capabilities: ["own-retention"] },
  size: { words: "An event size limit of its own", capabilities: ["own-message-size"] },
  replay: { words: "Replay of its events alone", capabilities: ["own-replay"] },
  fair: { words: "Protection from its neighbours", capabilities: ["fairness"] },
  disks: { words: "Its disks apart from others", capabilities: ["data-partitioning"] },
  subscribe: { words: "Consumers that see only its events", capabilities: ["selective-subscription"] },
  scale: { words: "Parallelism of its own", capabilities: ["selective-scaling"] },
  regulated: { words: "Regulated data", capabilities: ["access-isolation", "selective-subscription"] },
} as const satisfies Record<string, { words: string; capabilities: readonly CapabilityId[] }>;
export type PlainNeed = keyof typeof PLAIN_NEEDS;
export const PLAIN_NEED_NAMES = Object.keys(PLAIN_NEEDS) as PlainNeed[];

/** What one stream of a tenant needs. */
export interface Needs {
  plain: readonly PlainNeed[];
  /** The right to be forgotten within this time. */
  forgetWithinMs?: number;
  produceBytesPerSecond?: number;
  consumeBytesPerSecond?: number;
  /** Kinds of events, each a topic of its own. */
  eventTypes?: number;
  /** How many tenants like this one there will be. */
  tenants?: number;
  budgetPerMonth?: number;
  /** The kind of cluster it is to run on; absent: any. */
  kind?: MskKind;
}

/** A stream by its name, which is empty where the tenant has one. */
export interface StreamNeeds {
  name: string;
  needs: Needs;
}

export const NO_NEEDS: Needs = { plain: [] };
