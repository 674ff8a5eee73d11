import { z } from "zod";
import { SearchResult } from "@/lib/domain/views/clusters";
import { defineOperation } from "@/lib/operations/define";
import { SUPPORT } from "@/lib/operations/roles";
import { searchFleet } from "./search-fleet";
import { BY_OWN_NAME, ticketHits } from "./ticket-hits";

const HITS_MAX = 20;
const TICKETS_MAX = 5;

export const search = defineOperation({
  name: "search",
  summary:
    "Tenants, topics, groups, principals and clusters by name, best first, at most 20; and the tickets of tenants that a pasted line names.",
  method: "GET",
  path: "/api/search",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ q: z.string().max(4000).default("") }),
  output: SearchResult,
  act: (context, { q }) => {
    const fleet = context.fleet();
    const named = searchFleet(fleet, q, HITS_MAX);
    const tickets = ticketHits(fleet, q, TICKETS_MAX);
    // A line of a log names somebody and is nobody's name. Beside the tenant itself its ticket would be said twice.
    const others = named.length === 0 ? tickets : tickets.filter(({ subtitle }) => !subtitle.startsWith(BY_OWN_NAME));
    return { hits: [...named, ...others] };
  },
});
