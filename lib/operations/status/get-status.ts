import { z } from "zod";
import { limitWords } from "@/lib/domain/people/role-limits";
import type { Role } from "@/lib/domain/people/roles";
import { StatusView } from "@/lib/domain/views/clusters";
import type { Context } from "@/lib/operations/context";
import { defineOperation } from "@/lib/operations/define";
import { EVERYONE } from "@/lib/operations/roles";
import { partViews } from "./part-views";

function actorView({ actor: { name, role, kind = "console", limits = null }, enter }: Context): StatusView["actor"] {
  return { name, role: role as Role, kind, limited: limits === null ? null : limitWords(limits), signIn: enter.signIn };
}

export const getStatus = defineOperation({
  name: "getStatus",
  summary: "How old each part of each cluster is, whether the collector runs here, and who is signed in.",
  method: "GET",
  path: "/api/status",
  roles: EVERYONE,
  limits: "within",
  input: z.strictObject({}),
  output: StatusView,
  act: (context) => {
    const fleet = context.fleet();
    const now = context.now();
    return {
      clusters: [...fleet.summaries.values()].map(({ id, name, state, at }) => {
        const snapshot = fleet.clusters.get(id);
        return { id, name, state, at, parts: snapshot === undefined ? [] : partViews(snapshot.parts, now) };
      }),
      collector: context.collector.state(),
      actor: actorView(context),
      tenants: fleet.tenants.size,
      now: now.toISOString(),
    };
  },
});
