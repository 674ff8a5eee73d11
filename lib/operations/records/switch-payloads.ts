import { z } from "zod";
import { PayloadAccess } from "@/lib/domain/views/records";
import type { Context } from "@/lib/operations/context";
import { defineOperation } from "@/lib/operations/define";
import { findCluster } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { OPERATOR } from "@/lib/operations/roles";
import { setPayloadSwitch } from "@/lib/store";
import { payloadAccess } from "./get-payload-access";

const Input = z.strictObject({ clusterId: Id, reason: z.string().trim().min(1).max(500) });

async function keep(context: Context, { clusterId, reason }: z.output<typeof Input>, allowed: boolean): Promise<PayloadAccess> {
  findCluster(context.fleet(), clusterId);
  await setPayloadSwitch(context.store, clusterId, { allowed, by: context.actor.name, at: context.now().toISOString(), reason });
  return payloadAccess(context, { clusterId });
}

/** Opens data of everybody on the cluster: for a person who has just signed in, and whose role has no limits. */
export const allowPayloads = defineOperation({
  name: "allowPayloads",
  summary:
    "Allows support and operators to look at payloads of a cluster's records, until it is taken back. Each look is kept in the audit.",
  method: "POST",
  path: "/api/clusters/{clusterId}/payloads/allow",
  roles: OPERATOR,
  recent: true,
  input: Input,
  output: PayloadAccess,
  act: (context, input) => keep(context, input, true),
});

/** Closing waits for no password. */
export const forbidPayloads = defineOperation({
  name: "forbidPayloads",
  summary: "Takes back that payloads of a cluster's records may be looked at, from the next look on.",
  method: "POST",
  path: "/api/clusters/{clusterId}/payloads/forbid",
  roles: OPERATOR,
  input: Input,
  output: PayloadAccess,
  act: (context, input) => keep(context, input, false),
});
