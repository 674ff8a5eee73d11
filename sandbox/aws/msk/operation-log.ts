import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { mskArn } from "@/sandbox/kafka/arn";

/** Something MSK does or did to a cluster. */
export interface ClusterOperation {
  arn: string;
  clusterArn: string;
  /** As AWS names it: `SECURITY_PATCHING`, `BROKER_UPDATE`, `UPDATE_CLUSTER_CONFIGURATION` and others. */
  type: string;
  state: "UPDATE_IN_PROGRESS" | "UPDATE_COMPLETE" | "UPDATE_FAILED";
  startedAt: string;
  endedAt: string | null;
  error: string | null;
  /** Broker ids that are taken away while it lasts. */
  brokers: number[];
}

/** What was done, kept in a file so that a restart finds it again. */
export interface OperationLog {
  /** The newest first. */
  list: (clusterArn: string) => ClusterOperation[];
  find: (arn: string) => ClusterOperation | undefined;
  begin: (
    cluster: { arn: string; name: string; accountId: string; region: string },
    type: string,
    brokers: number[],
    nowMs: number,
  ) => ClusterOperation;
  end: (arn: string, nowMs: number, error?: string) => void;
}

/** @param file null keeps nothing beyond the process */
export function createOperationLog(file: string | null): OperationLog {
  const operations = file === null ? [] : readLog(file);
  const save = () => {
    if (file === null) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(operations, null, 1));
  };
  return {
    list: (clusterArn) => operations.filter((operation) => operation.clusterArn === clusterArn).toReversed(),
    find: (arn) => operations.find((operation) => operation.arn === arn),
    begin: (cluster, type, brokers, nowMs) => {
      const startedAt = new Date(nowMs).toISOString();
      const seed = `${startedAt} ${operations.length}`;
      const arn = mskArn("cluster-operation", cluster.name, seed, cluster.accountId, cluster.region);
      const operation: ClusterOperation = {
        ...{ arn, clusterArn: cluster.arn, type, state: "UPDATE_IN_PROGRESS" },
        ...{ startedAt, endedAt: null, error: null, brokers },
      };
      operations.push(operation);
      save();
      return operation;
    },
    end: (arn, nowMs, error) => {
      const operation = operations.find((candidate) => candidate.arn === arn);
      if (operation === undefined) return;
      operation.state = error === undefined ? "UPDATE_COMPLETE" : "UPDATE_FAILED";
      operation.endedAt = new Date(nowMs).toISOString();
      operation.error = error ?? null;
      save();
    },
  };
}

function readLog(file: string): ClusterOperation[] {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return [];
  }
}
