import type { GroupMemberFact, GroupState, GroupType, Problem, Reading } from "@/lib/domain/facts";
import { problemOfCode } from "@/lib/kafka/problems/answered-error";
import { KafkaFailure, problemOf } from "@/lib/kafka/problems/failure";
import { memberAssignment } from "./consumer-assignment";
import { stateOf } from "./group-words";
import type { BrokerLink } from "./link/broker-link";
import type { BrokerSet } from "./link/broker-set";
import { CONSUMER_GROUP_DESCRIBE, DESCRIBE_GROUPS, FIND_COORDINATOR } from "./protocol/operations";
import { SHARE_GROUP_DESCRIBE } from "./protocol/share-group-describe";

export interface GroupDescription {
  id: string;
  type: GroupType;
  state: GroupState;
  coordinatorId: number;
  /** How partitions are spread over members: "range", "uniform"; "" while there are none. */
  assignor: string;
  members: GroupMemberFact[];
}

const GROUP_KEY = 0;
const GROUP_ID_NOT_FOUND = 69;

/** One group with its members and what each is assigned now. null: there is no such group, or the problem says why not. */
export async function describeGroup(brokers: BrokerSet, id: string, type: GroupType): Promise<Reading<GroupDescription | null>> {
  try {
    const { answer } = await brokers.any(FIND_COORDINATOR, [GROUP_KEY, [id]]);
    const [found] = answer.coordinators;
    if (!found) return { value: null, problems: [] };
    if (found.errorCode !== 0) return refused("FindCoordinator", found.errorCode, id, found.errorMessage);
    if (brokers.link(found.nodeId) === undefined) return { value: null, problems: [gone(id, found.nodeId)] };
    const [part] = await brokers.each([found.nodeId], "DescribeGroups", (link, brokerId) => describeAt(link, brokerId, id, type));
    if (!part) return { value: null, problems: [] };
    return "value" in part ? part.value : { value: null, problems: [{ ...part.problem, resource: id }] };
  } catch (error) {
    return { value: null, problems: [{ ...problemOf("FindCoordinator", error), resource: id }] };
  }
}

function describeAt(link: BrokerLink, brokerId: number, id: string, type: GroupType): Promise<Reading<GroupDescription | null>> {
  switch (type) {
    case "share":
      return describeShare(link, brokerId, id);
    case "streams":
      throw new KafkaFailure("unsupported", "Members of groups of the streams protocol (KIP-1071) cannot be read yet.");
    case "classic":
      return describeClassic(link, brokerId, id);
    default:
      return describeConsumer(link, brokerId, id);
  }
}

/** A group of the consumer protocol (KIP-848); one that turns out to be classic is described as that. */
async function describeConsumer(link: BrokerLink, coordinatorId: number, id: string): Promise<Reading<GroupDescription | null>> {
  const { groups } = await link.call(CONSUMER_GROUP_DESCRIBE, [[id], false]);
  const [group] = groups;
  if (!group || group.errorCode === GROUP_ID_NOT_FOUND) return describeClassic(link, coordinatorId, id);
  if (group.errorCode !== 0) return refused("ConsumerGroupDescribe", group.errorCode, id, group.errorMessage);
  const members = group.members.map(
    (member): GroupMemberFact => ({
      memberId: member.memberId,
      clientId: member.clientId,
      clientHost: host(member.clientHost),
      groupInstanceId: member.instanceId || null,
      assigned: member.assignment.topicPartitions.map(({ topicName, partitions }) => ({ topic: topicName, partitions })),
    }),
  );
  const value = { id, type: "consumer", state: stateOf(group.groupState), coordinatorId, assignor: group.assignorName, members } as const;
  return { value, problems: [] };
}

async function describeClassic(link: BrokerLink, coordinatorId: number, id: string): Promise<Reading<GroupDescription | null>> {
  const { groups } = await link.call(DESCRIBE_GROUPS, [[id], false]);
  const [group] = groups;
  if (!group || group.errorCode === GROUP_ID_NOT_FOUND) return { value: null, problems: [] };
  if (group.errorCode !== 0) return refused("DescribeGroups", group.errorCode, id);
  // Brokers say "Dead" of a group that never was.
  const state = stateOf(group.groupState);
  if (state === "Dead" && group.members.length === 0) return { value: null, problems: [] };
  const members = group.members.map(
    (member): GroupMemberFact => ({
      memberId: member.memberId,
      clientId: member.clientId,
      clientHost: host(member.clientHost),
      groupInstanceId: member.groupInstanceId ?? null,
      assigned: group.protocolType === "consumer" ? memberAssignment(member.memberAssignment) : [],
    }),
  );
  return { value: { id, type: "classic", state, coordinatorId, assignor: group.protocolData, members }, problems: [] };
}

async function describeShare(link: BrokerLink, coordinatorId: number, id: string): Promise<Reading<GroupDescription | null>> {
  const [group] = await link.call(SHARE_GROUP_DESCRIBE, [[id]]);
  if (!group || group.errorCode === GROUP_ID_NOT_FOUND) return { value: null, problems: [] };
  if (group.errorCode !== 0) return refused("ShareGroupDescribe", group.errorCode, id, group.errorMessage);
  const members = group.members.map(
    (member): GroupMemberFact => ({
      memberId: member.memberId,
      clientId: member.clientId,
      clientHost: host(member.clientHost),
      groupInstanceId: null,
      assigned: member.topics.map(({ topicName, partitions }) => ({ topic: topicName, partitions })),
    }),
  );
  const value = { id, type: "share", state: stateOf(group.groupState), coordinatorId, assignor: group.assignorName, members } as const;
  return { value, problems: [] };
}

/** Java writes an address that has no name as "/10.0.0.1". */
function host(clientHost: string): string {
  return clientHost.replace(/^\//, "");
}

function refused(operation: string, errorCode: number, resource: string, sentence?: string | null): Reading<null> {
  return { value: null, problems: [problemOfCode(errorCode, { operation, resource, sentence })] };
}

function gone(resource: string, brokerId: number): Problem {
  const message = `The group's coordinator, broker ${brokerId}, is not among the brokers that are alive.`;
  return { code: "unavailable", operation: "FindCoordinator", message, resource, brokerId };
}
