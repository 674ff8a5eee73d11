import type { Problem, ProblemCode } from "@/lib/domain/facts";

interface Meaning {
  code: ProblemCode;
  remedy?: string;
}

const TRY_LATER = "Nothing was changed. Try again in a minute; where it lasts, find who else calls MSK, or ask AWS for a higher rate.";
const READ_BACK = "Look at the topic before trying again: the change may have been made.";

/** MSK's refusals of a change of a topic that mean something of their own. */
const MEANINGS: Record<string, Meaning> = {
  TooManyRequestsException: { code: "unavailable", remedy: TRY_LATER },
  ThrottlingException: { code: "unavailable", remedy: TRY_LATER },
  ConflictException: { code: "unavailable", remedy: "Try again once the other change of the topic or cluster is over." },
  KafkaRequestException: { code: "invalid" },
  KafkaTimeoutException: { code: "timeout", remedy: READ_BACK },
  ClusterConnectivityException: { code: "unreachable", remedy: `Check that the cluster's brokers run. ${READ_BACK}` },
  ControllerMovedException: { code: "unavailable", remedy: READ_BACK },
  NotControllerException: { code: "unavailable", remedy: READ_BACK },
  ReassignmentInProgressException: { code: "unavailable", remedy: "Try again once the topic's partitions have moved." },
  GroupSubscribedToTopicException: { code: "unavailable", remedy: "Stop the groups that read the topic first." },
};

/** What a refusal that only changes meet means, with AWS's own sentence; null: it means what it means for readings. */
export function refusedChange(
  names: readonly string[],
  sentence: string,
  where: string,
): Pick<Problem, "code" | "message" | "remedy"> | null {
  const name = names.find((each) => Object.hasOwn(MEANINGS, each));
  const meaning = name === undefined ? undefined : MEANINGS[name];
  return meaning === undefined ? null : { ...meaning, message: `${where} does not change the topic: ${sentence} (${name}).` };
}
