/** Sets up what the tenants have on the brokers: `tsx sandbox/tenants/seed.ts`, net from SANDBOX_NET. */
import { openAdmin } from "@/sandbox/kafka/admin";
import { type Cluster, type Sandbox, sandboxOf } from "@/sandbox/kafka/topology";
import { ACTORS, RULES } from "./cast";
import type { Actor, TopicPlan } from "./plan";

/**
 * Brings the running brokers to what the cast says: users, permissions, topics with their configuration, quotas. May be repeated: what
 * is there stays with its data, what was changed since is set back, and nothing is deleted.
 */
export async function seedTenants(sandbox: Sandbox): Promise<void> {
  await Promise.all(sandbox.clusters.map((cluster) => seedCluster(sandbox, cluster)));
}

async function seedCluster(sandbox: Sandbox, cluster: Cluster): Promise<void> {
  const actors = ACTORS.filter((actor) => actor.cluster === cluster.id);
  const admin = await openAdmin(sandbox, cluster);
  try {
    await admin.createUsers(actors.map(({ principal }) => principal));
    await admin.allow(actors.flatMap(({ principal, acls }) => acls.map((acl) => ({ ...acl, user: principal }))));
    const topics = actors.flatMap((actor) => actor.topics);
    await admin.createTopics(topics.map((topic) => ({ ...topic, assignments: assignmentsOf(topic, cluster) })));
    for (const { name, configs } of topics) await admin.setTopicConfigs(name, configs);
    await admin.setQuotas([...actors.flatMap(userRule), ...RULES.filter((rule) => rule.cluster === cluster.id)]);
  } finally {
    await admin.close();
  }
}

/** Partition p is led by the p-th broker in turn, so that it is known which one a busy partition burdens. */
function assignmentsOf({ partitions }: TopicPlan, { nodes }: Cluster): number[][] {
  const ids = nodes.map(({ id }) => id);
  return Array.from({ length: partitions }, (_, partition) => ids.map((_, replica) => ids[(partition + replica) % ids.length] ?? 0));
}

function userRule({ principal, quota }: Actor) {
  return quota === null ? [] : [{ entity: { user: principal }, limits: quota }];
}

if (import.meta.filename === process.argv[1]) {
  const sandbox = sandboxOf();
  await seedTenants(sandbox);
  console.log(`${ACTORS.length} principals, ${ACTORS.flatMap((actor) => actor.topics).length} topics on ${sandbox.net}`);
}
