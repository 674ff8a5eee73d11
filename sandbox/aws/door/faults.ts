import { AwsError } from "@/sandbox/aws/http/aws-error";
import type { Caller } from "@/sandbox/aws/sts/sessions";
import type { Operation, Service } from "@/sandbox/aws/wire/protocol";

export const FAULT_KINDS = ["throttle", "error", "denied", "slow", "cut"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** What goes wrong, and with which calls. */
export interface Fault {
  /** An operation's name, or `*` for all. */
  operation: string;
  kind: FaultKind;
  /** Only this many calls; absent: until it is taken away. */
  times?: number;
  /** Only calls signed for this region. */
  region?: string;
  /** Only calls about this cluster, by its ARN. */
  cluster?: string;
  /** For `slow`: how long a call waits before it is carried out. */
  delayMs?: number;
}

/** How a call is disturbed: after a wait, by an error, or by a connection that just ends. */
export type Disturbance = { kind: "slow"; delayMs: number } | { kind: "error"; error: AwsError } | { kind: "cut" };

export interface Faults {
  list: () => Fault[];
  set: (fault: Fault) => void;
  /** Without an operation all of them. */
  clear: (operation?: string) => void;
  /** Counts a call against the faults that meet it; null: nothing is wrong with it. */
  disturb: (operation: Operation, caller: Caller, region: string) => Disturbance | null;
}

const SLOW_MS = 30_000;

export function createFaults(): Faults {
  let faults: Fault[] = [];
  return {
    list: () => faults,
    set: (fault) => {
      faults = [...faults.filter((known) => !(known.operation === fault.operation && known.region === fault.region)), { ...fault }];
    },
    clear: (operation) => {
      faults = operation === undefined ? [] : faults.filter((fault) => fault.operation !== operation);
    },
    disturb: (operation, caller, region) => {
      const fault = faults.find((candidate) => meets(candidate, operation, region));
      if (fault === undefined) return null;
      if (fault.times !== undefined) {
        fault.times -= 1;
        if (fault.times <= 0) faults = faults.filter((candidate) => candidate !== fault);
      }
      if (fault.kind === "cut") return { kind: "cut" };
      if (fault.kind === "slow") return { kind: "slow", delayMs: fault.delayMs ?? SLOW_MS };
      return { kind: "error", error: errorOf(fault.kind, operation, caller) };
    },
  };
}

function meets(fault: Fault, operation: Operation, region: string): boolean {
  if (fault.operation !== "*" && fault.operation !== operation.name) return false;
  if (fault.region !== undefined && fault.region !== region) return false;
  return fault.cluster === undefined || fault.cluster === operation.resource;
}

function errorOf(kind: "throttle" | "error" | "denied", operation: Operation, caller: Caller): AwsError {
  if (kind === "throttle") return THROTTLED[operation.service];
  if (kind === "error") return FAILED[operation.service];
  const action = `${ACTIONS[operation.name] ?? `${SERVICE_PREFIX[operation.service]}:${operation.name}`}`;
  const resource = operation.resource === null ? "" : ` on resource: ${operation.resource}`;
  const reason = `because no identity-based policy allows the ${action} action`;
  return new AwsError("AccessDeniedException", 403, `User: ${caller.arn} is not authorized to perform: ${action}${resource} ${reason}`);
}

const SERVICE_PREFIX: Record<Service, string> = {
  kafka: "kafka",
  cloudwatch: "cloudwatch",
  kms: "kms",
  secretsmanager: "secretsmanager",
  sts: "sts",
};

/** Topic calls are granted by actions of Kafka's own kind. */
const ACTIONS: Record<string, string> = {
  ListTopics: "kafka-cluster:DescribeTopic",
  DescribeTopic: "kafka-cluster:DescribeTopicDynamicConfiguration",
  DescribeTopicPartitions: "kafka-cluster:DescribeTopicDynamicConfiguration",
  UpdateTopic: "kafka-cluster:AlterTopicDynamicConfiguration",
};

const THROTTLED: Record<Service, AwsError> = {
  kafka: new AwsError("TooManyRequestsException", 429, "Too many requests. Please wait and try again."),
  cloudwatch: new AwsError("ThrottlingException", 400, "Rate exceeded"),
  kms: new AwsError("ThrottlingException", 400, "Rate exceeded"),
  secretsmanager: new AwsError("ThrottlingException", 400, "Rate exceeded"),
  sts: new AwsError("ThrottlingException", 400, "Rate exceeded"),
};

const FAILED: Record<Service, AwsError> = {
  kafka: new AwsError("InternalServerErrorException", 500, "An internal error occurred. Retry your request."),
  cloudwatch: new AwsError("InternalServiceFault", 500, "Request processing has failed because of an unknown error, exception or failure."),
  kms: new AwsError("KMSInternalException", 500, "The request was rejected because an internal exception occurred."),
  secretsmanager: new AwsError("InternalServiceError", 500, "An error occurred on the server side."),
  sts: new AwsError("InternalFailure", 500, "The request processing has failed because of an unknown error, exception or failure."),
};
