import type { GroupFact, Problem, Reading } from "@/lib/domain/facts";
import { problemOfCode } from "@/lib/kafka/problems/answered-error";
import { problemOf } from "@/lib/kafka/problems/failure";
import { ProblemTally } from "@/lib/kafka/problems/tally";
import { stateOf, typeOf } from "./group-words";
import type { BrokerLink } from "./link/broker-link";
import type { BrokerSet, Part } from "./link/broker-set";
import { decodeListGroups, LIST_GROUPS } from "./protocol/list-groups";
import { FIND_COORDINATOR } from "./protocol/operations";
import { NOT_COORDINATOR, readCommitted } from "./read-committed";

interface GroupsReading {
  /** Makes equal topic names one string: thousands of groups read the same topics. */
  same: (name: string) => string;
  tally: ProblemTally;
}

interface BrokerGroups {
  groups: GroupFact[];
  moved: GroupFact[];
  problems: Problem[];
}

/** FindCoordinator's key type for groups. */
const GROUP_KEY = 0;

/**
 * All groups with their commits. Each broker is asked for the groups it coordinates and then for their commits, so no
 * coordinator has to be looked for. Groups whose commits could not be read carry the problem themselves, and one summary
 * problem names the broker or the permission. null: no broker answered.
 */
export async function readGroups(brokers: BrokerSet): Promise<Reading<GroupFact[] | null>> {
  const reading: GroupsReading = { same: createInterner(), tally: new ProblemTally("OffsetFetch", "group") };
  const parts = await brokers.each(brokers.brokerIds, "ListGroups", (link, brokerId) => readBroker(link, brokerId, reading));
  const answered = parts.filter((part) => "value" in part);
  const problems = parts.flatMap((part) => ("value" in part ? part.value.problems : [part.problem]));
  if (answered.length === 0) return { value: null, problems };
  const groups = uniqueGroups(answered);
  const moved = answered.flatMap((part) => part.value.moved);
  problems.push(...(await followMoved(brokers, moved, reading)), ...reading.tally.problems());
  return { value: groups, problems };
}

async function readBroker(link: BrokerLink, brokerId: number, reading: GroupsReading): Promise<BrokerGroups> {
  const listed = await decodeListGroups(await link.call(LIST_GROUPS, [[], []]));
  const groups = listed.groups.map(
    ({ id, type, state, protocolType }): GroupFact => ({
      id,
      type: typeOf(type),
      state: stateOf(state),
      protocolType,
      coordinatorId: brokerId,
      committed: [],
    }),
  );
  const problems = listed.errorCode === 0 ? [] : [problemOfCode(listed.errorCode, { operation: "ListGroups", brokerId })];
  const committed = await readCommitted(link, brokerId, groups, reading);
  return { groups, moved: committed.moved, problems: [...problems, ...committed.problems] };
}

/** A group that moves while the brokers are asked may be listed by two: the one that could read its commits counts. */
function uniqueGroups(parts: Extract<Part<BrokerGroups>, { value: BrokerGroups }>[]): GroupFact[] {
  const groups = new Map<string, GroupFact>();
  for (const group of parts.flatMap((part) => part.value.groups)) {
    const other = groups.get(group.id);
    if (!other || other.problem || (other.committed.length === 0 && group.committed.length > 0)) groups.set(group.id, group);
  }
  return [...groups.values()];
}

/** Looks for the new coordinator of moved groups only, and reads their commits there. */
async function followMoved(brokers: BrokerSet, moved: GroupFact[], reading: GroupsReading): Promise<Problem[]> {
  if (moved.length === 0) return [];
  const found = await findCoordinators(brokers, moved);
  const parts = await brokers.each(found.byBroker.keys(), "OffsetFetch", async (link, brokerId) => {
    const again = await readCommitted(link, brokerId, found.byBroker.get(brokerId) ?? [], reading);
    for (const { id } of again.moved) reading.tally.add(NOT_COORDINATOR, id, brokerId);
    for (const group of again.moved)
      group.problem = problemOfCode(NOT_COORDINATOR, { operation: "OffsetFetch", resource: group.id, brokerId });
    return again.problems;
  });
  const problems = parts.flatMap((part) => {
    if ("value" in part) return part.value;
    for (const group of found.byBroker.get(part.brokerId) ?? []) group.problem = part.problem;
    return [part.problem];
  });
  return [...found.problems, ...problems];
}

async function findCoordinators(
  brokers: BrokerSet,
  groups: GroupFact[],
): Promise<{ byBroker: Map<number, GroupFact[]>; problems: Problem[] }> {
  const byBroker = new Map<number, GroupFact[]>();
  const tally = new ProblemTally("FindCoordinator", "group");
  try {
    const { answer } = await brokers.any(FIND_COORDINATOR, [GROUP_KEY, groups.map(({ id }) => id)]);
    for (const { key, nodeId, errorCode, errorMessage } of answer.coordinators) {
      const group = groups.find(({ id }) => id === key);
      if (!group) continue;
      if (errorCode === 0) {
        group.coordinatorId = nodeId;
        byBroker.set(nodeId, [...(byBroker.get(nodeId) ?? []), group]);
      } else {
        group.problem = problemOfCode(errorCode, { operation: "FindCoordinator", resource: key, sentence: errorMessage });
        tally.add(errorCode, key);
      }
    }
    return { byBroker, problems: tally.problems() };
  } catch (error) {
    const problem = problemOf("FindCoordinator", error);
    for (const group of groups) group.problem = problem;
    return { byBroker, problems: [problem] };
  }
}

function createInterner(): (name: string) => string {
  const names = new Map<string, string>();
  return (name) => {
    const known = names.get(name);
    if (known !== undefined) return known;
    names.set(name, name);
    return name;
  };
}
