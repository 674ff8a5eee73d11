import { z } from "zod";
import { ConditionView, Time } from "./common";
import { CaughtUp } from "./lag";

export const ChecklistItem = z.object({
  id: z.enum(["lag", "throttling", "stuck", "commits", "neighbour", "broker", "operation", "access"]),
  question: z.string(),
  /** `unseen`: it cannot be seen, and the evidence says why. */
  answer: z.enum(["yes", "no", "unseen"]),
  evidence: z.string(),
  /** The same for the customer: it names no other tenant, no principal and no host. */
  forward: z.string(),
});
export type ChecklistItem = z.infer<typeof ChecklistItem>;

export const TicketView = z.object({
  tenantId: z.string(),
  tenantName: z.string(),
  from: Time,
  to: Time,
  /** The time reaches to this moment: what is seen now counts too, and when groups are caught up is told. */
  isNow: z.boolean(),
  /** The resolution that is kept of it; null: nothing is kept. */
  stepMs: z.number().nullable(),
  checklist: z.array(ChecklistItem),
  caughtUp: z.array(CaughtUp),
  /** What was so in this time, the latest to begin first. */
  episodes: z.array(ConditionView),
  at: Time.nullable(),
});
export type TicketView = z.infer<typeof TicketView>;
