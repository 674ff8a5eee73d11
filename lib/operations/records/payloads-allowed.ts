import { AppError } from "@/lib/domain/errors";
import { limitWords } from "@/lib/domain/people/role-limits";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import type { Context } from "@/lib/operations/context";
import { listPayloadSwitches } from "@/lib/store";

/** Why somebody may not look at the records of a topic, whatever is allowed for its cluster; null: nothing else is in the way. */
export function whyRecordsClosed(context: Context, { clusterId, topic, owner }: TopicSummary): string | null {
  if (owner.kind === "internal") return "This topic is Kafka's own. It holds no records of tenants, and what it holds is not shown.";
  const limits = context.actor.limits ?? null;
  if (limits !== null && !(owner.kind === "tenant" && context.fleet().tenants.has(owner.tenantId))) {
    const holds = owner.kind === "shared" ? "holds records of several tenants" : "is not the topic of a tenant within";
    return `Your role is limited to ${limitWords(limits)}, and ${topic} ${holds}. Its records need a role without limits.`;
  }
  const { samples, bootstrap } = context.connection(clusterId);
  if (samples === "off") return "The cluster's connection has `samples: off`, so none of its records is read.";
  if (bootstrap.length === 0) return "The cluster is known through AWS only: without its brokers no record can be read.";
  return null;
}

/** Throws AppError `forbidden` where no operator has allowed payloads of the cluster to be looked at, for operators too. */
export async function requirePayloadsAllowed({ store }: Context, clusterId: string, clusterName: string): Promise<void> {
  const [latest] = await listPayloadSwitches(store, clusterId, 1);
  if (latest?.allowed) return;
  throw new AppError(
    "forbidden",
    `Records of ${clusterName} are shown to nobody: an operator has to allow it first, on the cluster's page.`,
  );
}
