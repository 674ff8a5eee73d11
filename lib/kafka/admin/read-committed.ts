import type { GroupFact, Problem } from "@/lib/domain/facts";
import { problemOfCode } from "@/lib/kafka/problems/answered-error";
import { problemOf } from "@/lib/kafka/problems/failure";
import type { ProblemTally } from "@/lib/kafka/problems/tally";
import { inBatches } from "./batches";
import type { BrokerLink } from "./link/broker-link";
import { decodeOffsetFetch, type GroupCommits, OFFSET_FETCH } from "./protocol/offset-fetch";

/** Groups in one OffsetFetch: few enough that no request holds a broker thread long. */
export const GROUPS_PER_REQUEST = 500;

/** Kafka's NOT_COORDINATOR: the group moved to another broker since it was listed. */
export const NOT_COORDINATOR = 16;

export interface CommittedReading {
  /** Groups that have moved to another broker since they were listed. */
  moved: GroupFact[];
  /** Why whole requests got no answer. */
  problems: Problem[];
}

/**
 * Fills in the commits of groups that this broker coordinates. Share groups (KIP-932) commit no offsets and are not asked
 * for. A group that cannot be read carries its problem; a refusal of single groups is counted in the tally.
 */
export async function readCommitted(
  link: BrokerLink,
  brokerId: number,
  groups: readonly GroupFact[],
  { same, tally }: { same: (name: string) => string; tally: ProblemTally },
): Promise<CommittedReading> {
  const waiting = new Map(groups.filter(({ type }) => type !== "share").map((group) => [group.id, group]));
  const reading: CommittedReading = { moved: [], problems: [] };
  const take = (commits: GroupCommits) => {
    const group = waiting.get(commits.groupId);
    if (!group) return;
    waiting.delete(commits.groupId);
    if (commits.errorCode === NOT_COORDINATOR) reading.moved.push(group);
    else fill(group, commits, brokerId, tally);
  };
  const requests = inBatches([...waiting.keys()], GROUPS_PER_REQUEST).map(async (ids) => {
    try {
      await decodeOffsetFetch(await link.call(OFFSET_FETCH, [ids]), same, take);
    } catch (error) {
      const problem = problemOf("OffsetFetch", error, brokerId);
      for (const group of ids.map((id) => waiting.get(id))) if (group) group.problem = problem;
      if (!reading.problems.some(({ message }) => message === problem.message)) reading.problems.push(problem);
    }
  });
  await Promise.all(requests);
  return reading;
}

function fill(group: GroupFact, commits: GroupCommits, brokerId: number, tally: ProblemTally): void {
  group.committed = commits.committed;
  const errorCode = commits.errorCode || commits.failed[0]?.errorCode || 0;
  if (errorCode === 0) return;
  group.problem = problemOfCode(errorCode, { operation: "OffsetFetch", resource: group.id, brokerId });
  tally.add(errorCode, group.id, brokerId);
}
