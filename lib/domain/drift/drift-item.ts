import { z } from "zod";
import { Target } from "@/lib/domain/change/operation";

/**
 * `quota`: a rule has another value than is declared, or there is none. `extra`: a rule sets what nothing declares. `override-over`: an
 * override has come to its end and is still written down.
 */
export const DRIFT_KINDS = ["quota", "extra", "retention", "message-size", "override-over"] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** One value of the live cluster that differs from what tier and overrides declare, or an override that is over. */
export const DriftItem = z.object({
  /** Names the value, the same at each look: what a request to bring it back or to adopt it sends. */
  key: z.string(),
  kind: z.enum(DRIFT_KINDS),
  tenantId: z.string(),
  clusterId: z.string(),
  /** "user acme", a topic's name, or the override in words. */
  resource: z.string(),
  /** Kafka's key, or the override's setting. */
  name: z.string(),
  /** As Kafka writes it; null: none is declared. */
  declared: z.string().nullable(),
  /** As Kafka writes it; null: the cluster has none of its own. */
  live: z.string().nullable(),
  /** What declares it, with the arithmetic: "Gold: 120 kB/s × 1.25 / 3 brokers = 50 kB/s a broker". */
  source: z.string(),
  sentence: z.string(),
  target: Target,
});
export type DriftItem = z.infer<typeof DriftItem>;
