import { z } from "zod";
import { caughtUp } from "@/lib/domain/ticket/caught-up";
import { checklist } from "@/lib/domain/ticket/checklist";
import { TicketView } from "@/lib/domain/views/ticket";
import { defineOperation } from "@/lib/operations/define";
import { findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";
import { rangeFault, rangeQuery, resolveRange } from "@/lib/operations/time-range";
import { listConditions } from "@/lib/store";

const EPISODES_MAX = 50;

const Query = z.strictObject({ tenantId: Id, ...rangeQuery }).superRefine((query, issues) => {
  const fault = rangeFault(query);
  if (fault !== null) issues.addIssue({ code: "custom", message: fault, path: ["from"] });
});

export const getTicket = defineOperation({
  name: "getTicket",
  summary:
    "The questions of a ticket about a tenant, each answered from what is seen or with the reason why it cannot be, and what was so in a time.",
  method: "GET",
  path: "/api/tenants/{tenantId}/ticket",
  roles: SUPPORT,
  input: Query,
  output: TicketView,
  act: async (context, query) => {
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
      episodes: stored
        .filter(({ since }) => Date.parse(since) < toMs)
        .slice(0, EPISODES_MAX)
        .map(({ episode: _, ...condition }) => condition),
      at: fleet.at,
    };
  },
});
