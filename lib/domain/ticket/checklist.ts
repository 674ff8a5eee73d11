import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import type { ChecklistItem } from "@/lib/domain/views/ticket";
import type { Answer, Asking, TicketPast } from "./answers";
import { accessNow, brokerNow, commitsNow, lagNow, neighbourNow, stuckNow, throttlingNow } from "./now-answers";
import { accessThen, brokerThen, commitsThen, lagThen, neighbourThen, operationThen, stuckThen, throttlingThen } from "./past-answers";

interface Question {
  id: ChecklistItem["id"];
  question: string;
  /** From what is seen at this moment; null: it is a question about a time alone. */
  now: ((asking: Asking) => Answer) | null;
  /** From what is kept of the time. */
  kept: (asking: Asking) => Answer;
}

const QUESTIONS: readonly Question[] = [
  { id: "lag", question: "Is it lag?", now: lagNow, kept: lagThen },
  { id: "throttling", question: "Is it throttling?", now: throttlingNow, kept: throttlingThen },
  { id: "stuck", question: "Is a consumer stuck?", now: stuckNow, kept: stuckThen },
  { id: "commits", question: "Were commits dropped, or records lost unread?", now: commitsNow, kept: commitsThen },
  { id: "neighbour", question: "Is it a neighbour?", now: neighbourNow, kept: neighbourThen },
  { id: "broker", question: "Is it a broker?", now: brokerNow, kept: brokerThen },
  { id: "operation", question: "Is it an operation of MSK?", now: null, kept: operationThen },
  { id: "access", question: "Is it access?", now: accessNow, kept: accessThen },
];

export interface TicketTime {
  fromMs: number;
  toMs: number;
  /** It reaches to this moment, so that what is seen now belongs to it. */
  isNow: boolean;
  past: TicketPast;
}

/**
 * The questions of a ticket, each answered of its time: yes or no with its evidence, or why it cannot be seen. `evidence` may name
 * others; `forward` says the same and names nobody but the tenant's own groups.
 */
export function checklist(fleet: FleetSnapshot, state: TenantState, { fromMs, toMs, isNow, past }: TicketTime): ChecklistItem[] {
  const ids = new Set(state.tenant.placements.map(({ cluster }) => cluster));
  const clusters = [...ids].map((id) => fleet.clusters.get(id)).filter((one) => one !== undefined);
  const asking: Asking = { fleet, state, clusters, fromMs, toMs, past };
  return QUESTIONS.map(({ id, question, now, kept }) => {
    const before = kept(asking);
    return { id, question, ...(isNow && now !== null ? joined(now(asking), before) : before) };
  });
}

/** What is so now leads; what was so before stands behind it, and leads where it is a yes and now is none. */
function joined(now: Answer, before: Answer): Answer {
  const both = (say: (a: string, b: string) => string): Pick<Answer, "evidence" | "forward"> => ({
    evidence: say(now.evidence, before.evidence),
    forward: say(now.forward, before.forward),
  });
  if (now.answer === "yes") return { answer: "yes", ...both((a, b) => (before.answer === "yes" ? `Now: ${a} In this time: ${b}` : a)) };
  if (before.answer === "yes") return { answer: "yes", ...both((a, b) => `${b} Now: ${a}`) };
  if (now.answer === "no")
    return { answer: "no", ...both((a, b) => `${a} ${before.answer === "no" ? b : `Before now it cannot be seen: ${b}`}`) };
  return before.answer === "no" ? { answer: "no", ...both((a, b) => `${b} Now it cannot be seen: ${a}`) } : now;
}
