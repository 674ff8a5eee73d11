import { protocolErrors, protocolErrorsCodesById } from "@platformatic/kafka";
import type { Problem, ProblemCode } from "@/lib/domain/facts";
import { permissionRemedy } from "./permissions";

interface Context {
  operation: string;
  brokerId?: number;
  /** The topic, group or other resource the error is limited to. */
  resource?: string;
  /** The broker's own sentence, where the protocol carries one. */
  sentence?: string | null | undefined;
}

const CODES: Record<string, ProblemCode> = {
  TOPIC_AUTHORIZATION_FAILED: "forbidden",
  GROUP_AUTHORIZATION_FAILED: "forbidden",
  CLUSTER_AUTHORIZATION_FAILED: "forbidden",
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: "forbidden",
  DELEGATION_TOKEN_AUTHORIZATION_FAILED: "forbidden",
  UNSUPPORTED_SASL_MECHANISM: "authentication",
  ILLEGAL_SASL_STATE: "authentication",
  SASL_AUTHENTICATION_FAILED: "authentication",
  UNSUPPORTED_VERSION: "unsupported",
  UNSUPPORTED_FOR_MESSAGE_FORMAT: "unsupported",
  SECURITY_DISABLED: "unsupported",
  REQUEST_TIMED_OUT: "timeout",
  INVALID_TOPIC_EXCEPTION: "invalid",
  INVALID_GROUP_ID: "invalid",
  INVALID_CONFIG: "invalid",
  INVALID_PARTITIONS: "invalid",
  INVALID_REPLICA_ASSIGNMENT: "invalid",
  POLICY_VIOLATION: "invalid",
  INVALID_REQUEST: "invalid",
};

const SENTENCES: Record<string, string> = {
  TOPIC_AUTHORIZATION_FAILED: "The broker refuses this for the topic.",
  GROUP_AUTHORIZATION_FAILED: "The broker refuses this for the group.",
  CLUSTER_AUTHORIZATION_FAILED: "The broker refuses this for the cluster.",
  LEADER_NOT_AVAILABLE: "The partition has no leader now.",
  NOT_LEADER_OR_FOLLOWER: "The broker no longer leads the partition.",
  UNKNOWN_TOPIC_OR_PARTITION: "The topic or partition does not exist on the broker.",
  UNKNOWN_TOPIC_ID: "The topic does not exist on the broker.",
  NOT_COORDINATOR: "The broker no longer coordinates the group.",
  COORDINATOR_NOT_AVAILABLE: "The group has no coordinator now.",
  COORDINATOR_LOAD_IN_PROGRESS: "The broker is still loading the groups it coordinates.",
  GROUP_ID_NOT_FOUND: "The group does not exist.",
  OFFSET_OUT_OF_RANGE: "No record of this offset is kept: retention deleted it, or it is not written yet.",
  NOT_CONTROLLER: "The broker is not the cluster's controller, or no longer.",
  THROTTLING_QUOTA_EXCEEDED: "The controller_mutation_rate quota of the console's user is used up for now.",
  SECURITY_DISABLED: "No authorizer is configured on the broker, so there are no ACLs.",
};

/** Kafka's name of an error code, or the number for one younger than the client. */
export function errorName(errorCode: number): string {
  return (protocolErrorsCodesById as Record<number, string | undefined>)[errorCode] ?? `error ${errorCode}`;
}

/**
 * Errors after which a change may stand all the same: the broker gave up waiting for the controller, or the controller lost its office
 * while the change was being committed.
 */
const UNDECIDED = new Set(["UNKNOWN_SERVER_ERROR", "REQUEST_TIMED_OUT", "NETWORK_EXCEPTION", "NOT_CONTROLLER"]);

export function isUndecided(errorCode: number): boolean {
  return UNDECIDED.has(errorName(errorCode));
}

/** What an error code inside an answer means for us. The broker's own sentence wins over ours, ours over the library's. */
export function problemOfCode(errorCode: number, context: Context): Problem {
  const name = errorName(errorCode);
  const known = (protocolErrors as Record<string, { message: string } | undefined>)[name];
  const sentence = context.sentence || SENTENCES[name] || known?.message || "The broker answered with an error.";
  const remedy = permissionRemedy(context.operation, errorCode, context.resource);
  return {
    code: CODES[name] ?? "unavailable",
    operation: context.operation,
    message: `${sentence} (${name})`,
    ...(remedy === undefined ? {} : { remedy }),
    ...(context.brokerId === undefined ? {} : { brokerId: context.brokerId }),
    ...(context.resource === undefined ? {} : { resource: context.resource }),
  };
}
