import { z } from "zod";
import type { GroupFact, Problem, Reading } from "@/lib/domain/facts";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { caughtUp } from "@/lib/domain/lag/caught-up";
import { partitionViews } from "@/lib/domain/lag/partition-views";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { type CaughtUp, GroupDetail, type GroupSummary } from "@/lib/domain/views/lag";
import type { GroupDescription } from "@/lib/kafka";
import type { Context } from "@/lib/operations/context";
import { defineOperation } from "@/lib/operations/define";
import { findCluster, found } from "@/lib/operations/find";
import { Id, Name } from "@/lib/operations/list/list-query";
import { sharedRead } from "@/lib/operations/live/shared-read";
import { SUPPORT } from "@/lib/operations/roles";

export const getGroup = defineOperation({
  name: "getGroup",
  summary: "One consumer group: where it stands in every partition, when it has caught up, and its members, which are read live.",
  method: "GET",
  path: "/api/clusters/{clusterId}/group",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ clusterId: Id, id: Name }),
  output: GroupDetail,
  act: async (context, { clusterId, id }) => {
    const fleet = context.fleet();
    const { snapshot, summary: cluster } = findCluster(fleet, clusterId);
    const missing = `There is no group "${id}" on ${cluster.name}.`;
    const summary = found(fleet.groups.get(clusterId)?.get(id), missing);
    const late = lateOf(fleet, summary);
    if (summary.awsLag !== undefined) return withoutBrokers(summary, snapshot, late);
    const group = found(snapshot.groups.get(id), missing);
    const { value, problems } = await describeLive(context, clusterId, group);
    const members = value?.members ?? null;
    return {
      ...summary,
      caughtUp: late,
      partitions: partitionViews(snapshot, group, members),
      members:
        members?.map(({ memberId, clientId, clientHost, groupInstanceId, assigned }) => ({
          memberId,
          clientId,
          host: clientHost,
          instanceId: groupInstanceId,
          assigned,
        })) ?? null,
      coordinatorId: value?.coordinatorId ?? group.coordinatorId,
      problems: [...(group.problem === undefined ? [] : [group.problem]), ...problems],
      at: snapshot.parts.offsets.at,
    };
  },
});

function lateOf(fleet: FleetSnapshot, summary: GroupSummary): CaughtUp | null {
  const state = summary.owner.kind === "tenant" ? fleet.tenants.get(summary.owner.tenantId) : undefined;
  return state === undefined ? null : caughtUp(state, summary);
}

/** A group that CloudWatch alone tells of: its positions and members are the brokers' to tell. */
function withoutBrokers(summary: GroupSummary, { cloud, parts }: ClusterSnapshot, late: CaughtUp | null): GroupDetail {
  return {
    ...summary,
    caughtUp: late,
    partitions: [],
    members: null,
    coordinatorId: null,
    problems: parts.offsets.problems,
    at: cloud?.at ?? null,
  };
}

async function describeLive(context: Context, clusterId: string, { id, type }: GroupFact): Promise<Reading<GroupDescription | null>> {
  const key = `group ${type} ${id}`;
  const reading = await sharedRead(context, context.kafka(clusterId), key, (admin) => admin.describeGroup(id, type));
  if (reading.value !== null || reading.problems.length > 0) return reading;
  const gone: Problem = {
    code: "unavailable",
    operation: "DescribeGroups",
    message: "The cluster no longer knows this group.",
    resource: id,
  };
  return { value: null, problems: [gone] };
}
