import type { PartitionsWrite, QuotaWrite, TopicConfigWrite } from "@/lib/domain/writes";
import { entityName, type PlannedOperation } from "./operation";

type Written = Pick<PlannedOperation, "target" | "after">;

/** Operations on topics as writes, one a topic. */
export function topicConfigWrites(operations: readonly Written[]): TopicConfigWrite[] {
  const topics = new Map<string, { key: string; value: string | null }[]>();
  for (const { target, after } of operations) {
    if (target.kind !== "topic-config") continue;
    const entries = topics.get(target.topic) ?? [];
    entries.push({ key: target.key, value: after });
    topics.set(target.topic, entries);
  }
  return [...topics].map(([topic, entries]) => ({ topic, entries }));
}

/** Operations on quotas as writes, one an entity. */
export function quotaWrites(operations: readonly Written[]): QuotaWrite[] {
  const writes = new Map<string, QuotaWrite>();
  for (const { target, after } of operations) {
    if (target.kind !== "quota") continue;
    const name = entityName(target.entity);
    const write = writes.get(name) ?? { entity: target.entity, values: {} };
    write.values[target.key] = after === null ? null : Number(after);
    writes.set(name, write);
  }
  return [...writes.values()];
}

export function partitionsWrites(operations: readonly Written[]): PartitionsWrite[] {
  return operations.flatMap(({ target, after }) =>
    target.kind === "partitions" && after !== null ? [{ topic: target.topic, count: Number(after) }] : [],
  );
}
