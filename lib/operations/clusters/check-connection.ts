import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { ConnectionCheckView } from "@/lib/domain/views/clusters";
import { defineOperation } from "@/lib/operations/define";
import { findCluster } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";

export const checkConnection = defineOperation({
  name: "checkConnection",
  summary:
    "Tries every bootstrap address of a cluster, and every address its brokers advertise, over connections of its own, and says of each whether the name, the network, TLS or the sign-in stood in the way.",
  method: "POST",
  path: "/api/clusters/{clusterId}/connection",
  roles: SUPPORT,
  limits: "within",
  audit: "none",
  input: z.strictObject({ clusterId: Id }),
  output: ConnectionCheckView,
  act: async (context, { clusterId }) => {
    findCluster(context.fleet(), clusterId);
    const { bootstrap } = context.connection(clusterId);
    if (bootstrap.length === 0) {
      throw new AppError("invalid", "This console is not set up to reach the brokers of this cluster; AWS alone tells of it.");
    }
    const { value } = await context.checkConnection(clusterId);
    return { at: context.now().toISOString(), signedIn: value.signedIn, addresses: value.addresses };
  },
});
