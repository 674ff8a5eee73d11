import { z } from "zod";
import { caughtUpGroups } from "@/lib/domain/lag/caught-up";
import { paths } from "@/lib/domain/paths";
import { checklist } from "@/lib/domain/ticket/checklist";
import { ticketMarkdown } from "@/lib/domain/ticket/ticket-markdown";
import { TicketView } from "@/lib/domain/views/ticket";
import type { Context } from "@/lib/operations/context";
import { type Audience, defineOperation, type MarkdownFile } from "@/lib/operations/define";
import { findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";
import { rangeFault, rangeQuery, resolveRange } from "@/lib/operations/time-range";
import { unnamed } from "@/lib/operations/unnamed";
import { ticketPast } from "./ticket-past";

const EPISODES_MAX = 50;
/** A time that ended so lately ends now. */
const NOW_MS = 60_000;

const Query = z.strictObject({ tenantId: Id, ...rangeQuery }).superRefine((query, issues) => {
  const fault = rangeFault(query);
  if (fault !== null) issues.addIssue({ code: "custom", message: fault, path: ["from"] });
});

type Query = z.output<typeof Query>;

export const getTicket = defineOperation({
  name: "getTicket",
  summary:
    "The questions of a ticket about a tenant, each answered of a time, from what is kept of it and where it reaches to now from what is seen, or with the reason why it cannot be.",
  method: "GET",
  path: "/api/tenants/{tenantId}/ticket",
  roles: SUPPORT,
  limits: "within",
  input: Query,
  output: TicketView,
  markdown: {
    internal: (context, query) => fileOf(context, query, "internal"),
    forward: (context, query) => fileOf(context, query, "forward"),
  },
  act: ticketOf,
});

async function ticketOf(context: Context, query: Query): Promise<TicketView> {
  const fleet = context.fleet();
  const state = findTenant(fleet, query.tenantId);
  const { fromMs, toMs } = resolveRange(query, context.now());
  const past = await ticketPast(context, state, fromMs, toMs);
  const isNow = context.now().getTime() - toMs < NOW_MS;
  return {
    tenantId: state.tenant.id,
    tenantName: state.tenant.name,
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    isNow,
    stepMs: past.minutesSeen === 0 ? null : past.stepMs,
    checklist: checklist(fleet, state, { fromMs, toMs, isNow, past }),
    caughtUp: isNow ? caughtUpGroups(state) : [],
    episodes: past.episodes.filter(({ tenantId }) => tenantId === state.tenant.id).slice(0, EPISODES_MAX),
    at: fleet.at,
  };
}

async function fileOf(context: Context, query: Query, audience: Audience): Promise<MarkdownFile> {
  const ticket = unnamed(context, await ticketOf(context, query));
  const address = `${context.enter.origin}${paths.ticket(ticket.tenantId, { from: ticket.from, to: ticket.to })}`;
  return { filename: `${ticket.tenantId}-ticket`, text: ticketMarkdown(ticket, audience, address) };
}
