import { z } from "zod";
import { observedSchema, SOURCES } from "@/lib/domain/observed";

export const ObservedNumber = observedSchema(z.number());
export const Time = z.iso.datetime();
export const SourceName = z.enum(SOURCES);

export const ProblemView = z.object({
  code: z.enum(["unreachable", "timeout", "forbidden", "authentication", "unsupported", "unavailable", "invalid"]),
  operation: z.string(),
  message: z.string(),
  remedy: z.string().exactOptional(),
  brokerId: z.number().exactOptional(),
  resource: z.string().exactOptional(),
});
export type ProblemView = z.infer<typeof ProblemView>;

export const SEVERITIES = ["danger", "warn", "info"] as const;
export const Severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof Severity>;

/** The values behind a sentence, raw and with their unit in the name; null: not known. */
export const Evidence = z.record(z.string(), z.union([z.number(), z.string(), z.null()]));
export type Evidence = z.infer<typeof Evidence>;

/** Something that is so, since when, and what shows it. */
export const ConditionView = z.object({
  id: z.string(),
  /** Stable name of the rule: `lag.stuck`, `limit.near`. */
  rule: z.string(),
  severity: Severity,
  /** Two or three words for a list: "Consumer stuck". */
  label: z.string(),
  /** One sentence with the numbers. */
  sentence: z.string(),
  evidence: Evidence,
  tenantId: z.string().nullable(),
  clusterId: z.string().nullable(),
  subject: z.string(),
  since: Time,
  until: Time.nullable(),
  /** Someone has seen it, and does not want to be told until then. null: nobody has. */
  acknowledged: z.object({ by: z.string(), until: Time, reason: z.string() }).nullable(),
});
export type ConditionView = z.infer<typeof ConditionView>;

/** A list in pages. `cursor` pins the snapshot the first page was made from, for two minutes. */
export const PageInfo = z.object({ total: z.number(), nextCursor: z.string().nullable(), version: z.string(), at: Time.nullable() });

/** Who a topic, group or principal belongs to, and how that was concluded. */
export const Owner = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("tenant"), tenantId: z.string(), by: z.enum(["pattern", "prefix", "topics", "principal"]) }),
  /** Several tenants: a pool's topics and the groups that read them. */
  z.object({ kind: z.literal("shared"), tenantCount: z.number(), tenantIds: z.array(z.string()) }),
  z.object({ kind: z.literal("service"), role: z.enum(["service", "ours"]) }),
  z.object({ kind: z.literal("internal") }),
  z.object({ kind: z.literal("unowned") }),
]);
export type Owner = z.infer<typeof Owner>;

/** A change made through the console, as a mark on a chart's time axis. */
export const ChangeMark = z.object({ id: z.number(), title: z.string(), actor: z.string(), at: Time });
export type ChangeMark = z.infer<typeof ChangeMark>;
