import { z } from "zod";
import { SearchResult } from "@/lib/domain/views/clusters";
import { defineOperation } from "@/lib/operations/define";
import { Words } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";
import { searchFleet } from "./search-fleet";

const HITS_MAX = 20;

export const search = defineOperation({
  name: "search",
  summary: "Tenants, topics, groups, principals and clusters by name, best first, at most 20.",
  method: "GET",
  path: "/api/search",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ q: Words }),
  output: SearchResult,
  act: (context, { q }) => ({ hits: searchFleet(context.fleet(), q, HITS_MAX) }),
});
