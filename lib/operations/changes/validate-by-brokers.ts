import type { PlanFacts } from "@/lib/domain/change/facts";
import { clusterOf, type PlannedOperation } from "@/lib/domain/change/operation";
import type { PlanView } from "@/lib/domain/change/plan";
import { partitionsWrites, quotaWrites, topicConfigWrites } from "@/lib/domain/change/writes-of";
import type { Context } from "@/lib/operations/context";

/** More than this is checked when it is carried out, batch by batch. */
const OPERATIONS_MAX = 1_000;

/**
 * Asks the brokers whether they would take the operations, without doing them. null: nothing of it is asked of brokers; MSK's API has no
 * dry run.
 */
export async function validateByBrokers(
  context: Context,
  { clusters }: Pick<PlanFacts, "clusters">,
  operations: readonly PlannedOperation[],
): Promise<PlanView["validation"]> {
  const asked = operations.slice(0, OPERATIONS_MAX).filter(({ target }) => {
    const cluster = clusters.get(clusterOf(target) ?? "");
    return cluster !== undefined && (target.kind === "quota" ? cluster.quotasBy : cluster.topicsBy).by === "kafka";
  });
  if (asked.length === 0) return null;
  const ids = new Set(asked.map(({ target }) => clusterOf(target) ?? ""));
  const answers = await Promise.all(
    [...ids].map(async (clusterId) => {
      const admin = context.kafka(clusterId);
      const own = asked.filter(({ target }) => clusterOf(target) === clusterId);
      const dry = { validateOnly: true };
      return Promise.all([
        admin.alterTopicConfigs(topicConfigWrites(own), dry),
        admin.alterQuotas(quotaWrites(own), dry),
        admin.createPartitions(partitionsWrites(own), dry),
      ]);
    }),
  );
  const problems = answers.flat(2).flatMap((answer) => (answer.ok ? [] : [answer.problem]));
  const onClusters = operations.filter(({ target }) => clusterOf(target) !== null).length;
  return { ok: problems.length === 0, problems: problems.slice(0, 50), unasked: onClusters - asked.length };
}
