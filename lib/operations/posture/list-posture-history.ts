import { z } from "zod";
import { isPostureRule } from "@/lib/domain/posture/rules";
import type { ConditionView } from "@/lib/domain/views/common";
import { PostureHistory } from "@/lib/domain/views/posture";
import { defineOperation } from "@/lib/operations/define";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";
import { listConditions } from "@/lib/store";

const DAY_MS = 86_400_000;
const SHOWN_MAX = 200;

export const listPostureHistory = defineOperation({
  name: "listPostureHistory",
  summary: "Posture findings that began or ended within some days, the newest event first.",
  method: "GET",
  path: "/api/posture/history",
  roles: SUPPORT,
  input: z.strictObject({ cluster: Id.exactOptional(), days: z.coerce.number().int().min(1).max(366).default(30) }),
  output: PostureHistory,
  act: async (context, { cluster, days }) => {
    const endedSince = new Date(context.now().getTime() - days * DAY_MS);
    const found = await listConditions(context.store, { endedSince, ...(cluster === undefined ? {} : { clusterId: cluster }) });
    const own = found.filter(({ rule, since, until }) => isPostureRule(rule) && (until ?? since) >= endedSince.toISOString());
    const newest = own.toSorted((a, b) => (eventAt(a) < eventAt(b) ? 1 : -1));
    return { conditions: newest.slice(0, SHOWN_MAX).map(({ episode: _, ...condition }) => condition) };
  },
});

function eventAt({ since, until }: ConditionView): string {
  return until ?? since;
}
