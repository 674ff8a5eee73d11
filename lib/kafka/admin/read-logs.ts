import type { LogFacts, Problem, Reading } from "@/lib/domain/facts";
import { problemOfCode } from "@/lib/kafka/problems/answered-error";
import type { BrokerSet } from "./link/broker-set";
import { DESCRIBE_LOG_DIRS, decodeLogDirs } from "./protocol/log-dirs";

/** A broker walks all its logs to answer this one. */
const DEADLINE_MS = 10_000;

const CLUSTER_AUTHORIZATION_FAILED = 31;

/** Sizes of all replicas and room of all disks. Needs DESCRIBE on the cluster. null: no broker answered. */
export async function readLogs(brokers: BrokerSet): Promise<Reading<LogFacts | null>> {
  const facts: LogFacts = { dirs: [], replicas: [] };
  const problems: Problem[] = [];
  let answers = 0;
  const parts = await brokers.each(brokers.brokerIds, "DescribeLogDirs", async (link, brokerId) => {
    const { errorCode, dirs } = await decodeLogDirs(await link.call(DESCRIBE_LOG_DIRS, [null], { deadlineMs: DEADLINE_MS }));
    // Brokers before 3.2 answer a refusal with no directories at all, and every broker has one.
    const refusal = errorCode === 0 && dirs.length === 0 ? CLUSTER_AUTHORIZATION_FAILED : errorCode;
    if (refusal !== 0) return void problems.push(problemOfCode(refusal, { operation: "DescribeLogDirs", brokerId }));
    answers += 1;
    for (const dir of dirs) {
      if (dir.errorCode !== 0) {
        problems.push(problemOfCode(dir.errorCode, { operation: "DescribeLogDirs", brokerId, resource: dir.path }));
        continue;
      }
      facts.dirs.push({ brokerId, path: dir.path, totalBytes: bytes(dir.totalBytes), usableBytes: bytes(dir.usableBytes) });
      for (const replica of dir.replicas) facts.replicas.push({ ...replica, brokerId });
    }
  });
  for (const part of parts) if ("problem" in part) problems.push(part.problem);
  return { value: answers > 0 ? facts : null, problems };
}

function bytes(value: bigint | null): number | null {
  return value === null || value < 0n ? null : Number(value);
}
