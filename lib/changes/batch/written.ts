import type { Written } from "./hands";
import type { Task } from "./task";

/** What a batch sent, by cluster. */
export type WrittenByCluster = Map<string, { topics: Set<string>; quotas: boolean }>;

export function noteWritten(written: WrittenByCluster, clusterId: string, sent: readonly Task[]): void {
  const of = written.get(clusterId) ?? { topics: new Set<string>(), quotas: false };
  written.set(clusterId, of);
  for (const { operation } of sent) {
    if (operation.target.kind === "quota") of.quotas = true;
    else if ("topic" in operation.target) of.topics.add(operation.target.topic);
  }
}

export function tellWritten(written: WrittenByCluster, tell: (clusterId: string, what: Written) => void): void {
  for (const [clusterId, { topics, quotas }] of written) tell(clusterId, { topics: [...topics], quotas });
}
