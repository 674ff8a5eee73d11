import { z } from "zod";
import { StatusView } from "@/lib/domain/views/clusters";
import { defineOperation } from "@/lib/operations/define";
import { EVERYONE } from "@/lib/operations/roles";
import { actorView } from "./actor-view";
import { partViews } from "./part-views";

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
      actor: actorView(context.actor, context.enter),
      tenants: fleet.tenants.size,
      now: now.toISOString(),
    };
  },
});
