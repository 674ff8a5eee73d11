import { z } from "zod";
import { paths } from "@/lib/domain/paths";
import { caughtUp } from "@/lib/domain/ticket/caught-up";
import { checklist } from "@/lib/domain/ticket/checklist";
import { ticketMarkdown } from "@/lib/domain/ticket/ticket-markdown";
import { TicketView } from "@/lib/domain/views/ticket";
import { conditionsWithin } from "@/lib/operations/conditions/conditions-within";
import type { Context } from "@/lib/operations/context";
import { type Audience, defineOperation, type MarkdownFile } from "@/lib/operations/define";
import { findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";
import { rangeFault, rangeQuery, resolveRange } from "@/lib/operations/time-range";
import { unnamed } from "@/lib/operations/unnamed";
import { listConditions } from "@/lib/store";

const EPISODES_MAX = 50;

const Query = z.strictObject({ tenantId: Id, ...rangeQuery }).superRefine((query, issues) => {
  const fault = rangeFault(query);
  if (fault !== null) issues.addIssue({ code: "custom", message: fault, path: ["from"] });
});

type Query = z.output<typeof Query>;

export const getTicket = defineOperation({
  name: "getTicket",
  summary:
    "The questions of a ticket about a tenant, each answered from what is seen or with the reason why it cannot be, and what was so in a time.",
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
  const stored = await listConditions(context.store, { tenantId: query.tenantId, endedSince: new Date(fromMs) });
  return {
    tenantId: state.tenant.id,
    tenantName: state.tenant.name,
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    checklist: checklist(fleet, state, fromMs, toMs),
    caughtUp: caughtUp(state),
    episodes: conditionsWithin(context, stored)
      .filter(({ since }) => Date.parse(since) < toMs)
      .slice(0, EPISODES_MAX)
      .map(({ episode: _, ...condition }) => condition),
    at: fleet.at,
  };
}

async function fileOf(context: Context, query: Query, audience: Audience): Promise<MarkdownFile> {
  const ticket = unnamed(context, await ticketOf(context, query));
  const address = `${context.enter.origin}${paths.ticket(ticket.tenantId, { from: ticket.from, to: ticket.to })}`;
  return { filename: `${ticket.tenantId}-ticket`, text: ticketMarkdown(ticket, audience, address) };
}
