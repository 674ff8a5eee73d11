import type { Problem, Reading } from "@/lib/domain/facts";
import { problemOfCode } from "@/lib/kafka/problems/answered-error";
import { problemOf } from "@/lib/kafka/problems/failure";
import { permissionRemedy } from "@/lib/kafka/problems/permissions";
import type { BrokerSet } from "./link/broker-set";
import { DESCRIBE_CLUSTER } from "./protocol/operations";

/** What the console's sign-in may do on the cluster itself (not on topics and groups), in Kafka's words: "describe", "alter-configs". */
export interface ClusterAccess {
  operations: string[];
}

/** Bits of the operations that Kafka authorises on a cluster (KIP-430). */
const BITS: readonly [number, string][] = [
  [5, "create"],
  [7, "alter"],
  [8, "describe"],
  [9, "cluster-action"],
  [10, "describe-configs"],
  [11, "alter-configs"],
  [12, "idempotent-write"],
];

const BROKERS = 1;
const CLUSTER_AUTHORIZATION_FAILED = 31;

/**
 * The only way to learn that a list of groups may be incomplete: without DESCRIBE on the cluster, ListGroups leaves out
 * every group that the sign-in may not describe and says nothing of it. That is a problem here. null: not answered.
 */
export async function readClusterAccess(brokers: BrokerSet): Promise<Reading<ClusterAccess | null>> {
  try {
    const { answer } = await brokers.any(DESCRIBE_CLUSTER, [true, BROKERS]);
    if (answer.errorCode !== 0) {
      return { value: null, problems: [problemOfCode(answer.errorCode, { operation: "DescribeCluster", sentence: answer.errorMessage })] };
    }
    const operations = operationsOf(answer.clusterAuthorizedOperations);
    return { value: { operations }, problems: operations.includes("describe") ? [] : [mayHideGroups()] };
  } catch (error) {
    return { value: null, problems: [problemOf("DescribeCluster", error)] };
  }
}

function mayHideGroups(): Problem {
  return {
    code: "forbidden",
    operation: "ListGroups",
    message: "The console's user may not describe the cluster, so groups that it may not describe are left out of every list.",
    remedy: permissionRemedy("ListGroups", CLUSTER_AUTHORIZATION_FAILED) ?? "",
  };
}

/** Kafka's "not asked" is the smallest int32, which has none of our bits. */
export function operationsOf(bits: number): string[] {
  return BITS.filter(([bit]) => (bits & (1 << bit)) !== 0).map(([, name]) => name);
}
