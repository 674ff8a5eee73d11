import { z } from "zod";
import { PayloadAccess } from "@/lib/domain/views/records";
import type { Context } from "@/lib/operations/context";
import { defineOperation } from "@/lib/operations/define";
import { findCluster } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";
import { listPayloadSwitches } from "@/lib/store";

const SWITCHES_SHOWN = 10;

export const getPayloadAccess = defineOperation({
  name: "getPayloadAccess",
  summary: "Whether payloads of a cluster's records may be looked at, and who allowed it or took it back, when and why.",
  method: "GET",
  path: "/api/clusters/{clusterId}/payloads",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ clusterId: Id }),
  output: PayloadAccess,
  act: payloadAccess,
});

/** How it stands now. Throws AppError `not_found`. */
export async function payloadAccess(context: Context, { clusterId }: { clusterId: string }): Promise<PayloadAccess> {
  const { summary } = findCluster(context.fleet(), clusterId);
  const switches = await listPayloadSwitches(context.store, clusterId, SWITCHES_SHOWN);
  return { clusterId, clusterName: summary.name, allowed: switches[0]?.allowed ?? false, switches };
}
