import { z } from "zod";
import { passesPosture } from "@/lib/domain/posture/posture-view";
import { POSTURE_ALSO, POSTURE_RULES } from "@/lib/domain/posture/rules";
import type { ConditionView } from "@/lib/domain/views/common";
import { PostureHistory } from "@/lib/domain/views/posture";
import { conditionsWithin } from "@/lib/operations/conditions/conditions-within";
import type { Context } from "@/lib/operations/context";
import { defineOperation } from "@/lib/operations/define";
import { findCluster, findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";
import { listConditions } from "@/lib/store";
import { FINDING_HEAD, findingCells } from "./finding-csv";

const DAY_MS = 86_400_000;
const SHOWN_MAX = 200;
const RULES = [...POSTURE_RULES, ...Object.keys(POSTURE_ALSO)];

const Input = z.strictObject({
  cluster: Id.exactOptional(),
  tenant: Id.exactOptional(),
  days: z.coerce.number().int().min(1).max(366).default(30),
});

export const listPostureHistory = defineOperation({
  name: "listPostureHistory",
  summary: "Posture findings of the fleet, of a cluster or of a tenant that began or ended within some days, the newest event first.",
  method: "GET",
  path: "/api/posture/history",
  roles: SUPPORT,
  limits: "within",
  input: Input,
  output: PostureHistory,
  csv: async (context, input) => ({
    filename: "posture-history",
    head: FINDING_HEAD,
    rows: (await foundWithin(context, input)).map(findingCells),
  }),
  act: async (context, input) => {
    const found = await foundWithin(context, input);
    return { conditions: found.slice(0, SHOWN_MAX), total: found.length };
  },
});

async function foundWithin(context: Context, { cluster, tenant, days }: z.output<typeof Input>): Promise<ConditionView[]> {
  if (cluster !== undefined) findCluster(context.fleet(), cluster);
  if (tenant !== undefined) findTenant(context.fleet(), tenant);
  const endedSince = new Date(context.now().getTime() - days * DAY_MS);
  const found = await listConditions(context.store, { endedSince, rules: RULES });
  const filter = { clusterId: cluster ?? null, tenantId: tenant ?? null };
  const own = conditionsWithin(context, found).filter((one) => eventAt(one) >= endedSince.toISOString() && passesPosture(one, filter));
  return own.toSorted((a, b) => (eventAt(a) < eventAt(b) ? 1 : -1)).map(({ episode: _, ...condition }) => condition);
}

function eventAt({ since, until }: ConditionView): string {
  return until ?? since;
}
