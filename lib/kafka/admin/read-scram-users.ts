import type { Reading, ScramUserFact } from "@/lib/domain/facts";
import { problemOfCode } from "@/lib/kafka/problems/answered-error";
import { problemOf } from "@/lib/kafka/problems/failure";
import { ProblemTally } from "@/lib/kafka/problems/tally";
import type { BrokerSet } from "./link/broker-set";
import { DESCRIBE_SCRAM_USERS } from "./protocol/operations";

const MECHANISMS = new Map<number, string>([
  [1, "SCRAM-SHA-256"],
  [2, "SCRAM-SHA-512"],
]);

/** All SCRAM users that Kafka itself keeps; MSK keeps its own in Secrets Manager. Needs DESCRIBE on the cluster. null: not answered. */
export async function readScramUsers(brokers: BrokerSet): Promise<Reading<ScramUserFact[] | null>> {
  try {
    // No name is every user, as is no list; but without a list Kafka 4.1 fails to refuse (a null pointer) and never answers.
    const { answer, brokerId } = await brokers.any(DESCRIBE_SCRAM_USERS, [[]]);
    const broker = brokerId === undefined ? {} : { brokerId };
    if (answer.errorCode !== 0) {
      const context = { operation: "DescribeUserScramCredentials", sentence: answer.errorMessage, ...broker };
      return { value: null, problems: [problemOfCode(answer.errorCode, context)] };
    }
    const tally = new ProblemTally("DescribeUserScramCredentials", "user");
    const users: ScramUserFact[] = [];
    for (const { user, errorCode, errorMessage, credentialInfos } of answer.results) {
      if (errorCode !== 0) tally.add(errorCode, user, brokerId, errorMessage);
      else users.push({ name: user, mechanisms: credentialInfos.map(({ mechanism }) => MECHANISMS.get(mechanism) ?? "unknown") });
    }
    return { value: users, problems: tally.problems() };
  } catch (error) {
    return { value: null, problems: [problemOf("DescribeUserScramCredentials", error)] };
  }
}
