import { type ClusterOperationV2Summary, DescribeClusterOperationV2Command, ListClusterOperationsV2Command } from "@aws-sdk/client-kafka";
import { ask } from "@/lib/aws/link/ask";
import type { AwsLink } from "@/lib/aws/link/open-link";
import type { Reading } from "@/lib/domain/facts";
import type { MskOperation } from "@/lib/domain/msk-facts";
import { PAGE_SIZE, readList } from "./read-list";

const OPERATIONS_MAX = 100;
/** MSK does not say in which order it lists them, so more are read than are kept. */
const PAGES_MAX = 10;
/** Failures whose reason is asked for in one reading; each is a call of its own. */
const REASONS_MAX = 5;

/** An operation's reason does not change once it has failed. Keyed by the operation's ARN. */
export type OperationReasons = Map<string, string>;

/** The newest operations first, at most 100, with the reason of those that failed. */
export async function readOperations(link: AwsLink, arn: string, reasons: OperationReasons): Promise<Reading<MskOperation[] | null>> {
  const list = await readList(
    link,
    { operation: "ListClusterOperationsV2", arn },
    async ({ kafka, abortSignal }, token) => {
      const command = new ListClusterOperationsV2Command({ ClusterArn: arn, MaxResults: PAGE_SIZE, ...token });
      const answer = await kafka.send(command, { abortSignal });
      return { items: answer.ClusterOperationInfoList ?? [], next: answer.NextToken };
    },
    PAGES_MAX,
  );
  if (list.value === null) return { value: null, problems: list.problems };
  const operations = list.value.flatMap((operation) => mapOperation(operation) ?? []).sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  const newest = operations.slice(0, OPERATIONS_MAX);
  const missing = newest.filter(({ state, arn: own }) => state.endsWith("FAILED") && !reasons.has(own)).slice(0, REASONS_MAX);
  const asked = await Promise.all(missing.map(({ arn: own }) => readReason(link, own, reasons)));
  return {
    value: newest.map((operation) => ({ ...operation, error: reasons.get(operation.arn) ?? null })),
    problems: [...list.problems, ...asked.flat().slice(0, 1)],
  };
}

function mapOperation(operation: ClusterOperationV2Summary): MskOperation | null {
  if (operation.OperationArn === undefined || operation.StartTime === undefined) return null;
  return {
    arn: operation.OperationArn,
    type: operation.OperationType ?? "UNKNOWN",
    state: operation.OperationState ?? "UNKNOWN",
    startedAt: operation.StartTime.toISOString(),
    endedAt: operation.EndTime?.toISOString() ?? null,
    error: null,
  };
}

async function readReason(link: AwsLink, arn: string, reasons: OperationReasons): Promise<Reading<null>["problems"]> {
  const answer = await ask(link, { operation: "DescribeClusterOperationV2", arn }, ({ kafka, abortSignal }) =>
    kafka.send(new DescribeClusterOperationV2Command({ ClusterOperationArn: arn }), { abortSignal }),
  );
  if (!answer.ok) return [answer.problem];
  const error = answer.value.ClusterOperationInfo?.ErrorInfo;
  reasons.set(arn, error?.ErrorString ?? error?.ErrorCode ?? "AWS gives no reason.");
  return [];
}
