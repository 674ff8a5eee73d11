import type { PatternIndex } from "./name-patterns";
import type { By, OwnerIndex, Ownership } from "./owner-index";
import { principalKeyOfUser } from "./principal-name";
import type { TenantSet } from "./tenant-sets";
import type { Owner } from "./views/common";

export { indexOwners, indexOwnersSteps, type OwnerIndex, type Ownership } from "./owner-index";

/** Of the tenants that share something, how many an answer names; their number is always whole. */
export const SHARED_NAMED_MAX = 50;

const UNOWNED: Ownership = { owner: { kind: "unowned" }, tenantIds: [], set: null };
const INTERNAL: Ownership = { owner: { kind: "internal" }, tenantIds: [], set: null };

/** By an explicit pattern, else by the longest prefix. Topics whose name begins with `__` are Kafka's and AWS's own, unless named exactly. */
export function ownerOfTopic(index: OwnerIndex, clusterId: string, topic: string): Ownership {
  const patterns = index.clusters.get(clusterId)?.topics;
  if (topic.startsWith("__")) {
    const named = patterns?.exact(topic) ?? null;
    return named === null ? INTERNAL : answer(index, named, "pattern");
  }
  return byPatterns(index, patterns, topic) ?? UNOWNED;
}

/** By pattern or prefix as a topic; else by the topics it has committed: one owner of all of them, or several that share it. */
export function ownerOfGroup(index: OwnerIndex, clusterId: string, groupId: string, committedTopics: Iterable<string>): Ownership {
  const declared = byPatterns(index, index.clusters.get(clusterId)?.groups, groupId);
  if (declared !== null) return declared;
  let tenants: TenantSet | null = null;
  let topics = 0;
  let unowned = false;
  for (const topic of committedTopics) {
    topics += 1;
    const { owner, set } = ownerOfTopic(index, clusterId, topic);
    if (owner.kind === "internal") continue;
    if (set === null) unowned = true;
    else tenants = tenants === null ? set : index.sets.union(tenants, set);
  }
  if (tenants === null) return topics > 0 && !unowned ? INTERNAL : UNOWNED;
  return unowned && tenants.tenantIds.length === 1 ? UNOWNED : answer(index, tenants, "topics");
}

/** Whose a Kafka user is; a session of an IAM role is its role's. */
export function ownerOfPrincipal(index: OwnerIndex, clusterId: string, kafkaUser: string): Ownership {
  const cluster = index.clusters.get(clusterId);
  const key = principalKeyOfUser(kafkaUser);
  const service = cluster?.services.get(key);
  if (service !== undefined) return { owner: { kind: "service", role: service.role }, tenantIds: [], set: null };
  const tenants = cluster?.principals.get(key);
  return tenants === undefined ? UNOWNED : answer(index, tenants, "principal");
}

export function ownerOfClientId(index: OwnerIndex, clusterId: string, clientId: string): Ownership {
  const tenants = index.clusters.get(clusterId)?.clientIds.get(clientId);
  return tenants === undefined ? UNOWNED : answer(index, tenants, "principal");
}

function byPatterns(index: OwnerIndex, patterns: PatternIndex | undefined, name: string): Ownership | null {
  const explicit = patterns?.explicit(name) ?? null;
  if (explicit !== null) return answer(index, explicit, "pattern");
  const prefixed = patterns?.longestPrefix(name) ?? null;
  return prefixed === null ? null : answer(index, prefixed, "prefix");
}

function answer(index: OwnerIndex, set: TenantSet, by: By): Ownership {
  const { id, tenantIds } = set;
  const [first, second] = tenantIds;
  if (first === undefined) return UNOWNED;
  const known = index.answers[second === undefined ? by : "shared"];
  const owner = (): Owner =>
    second === undefined
      ? { kind: "tenant", tenantId: first, by }
      : { kind: "shared", tenantCount: tenantIds.length, tenantIds: tenantIds.slice(0, SHARED_NAMED_MAX) };
  known[id] ??= { owner: owner(), tenantIds, set };
  return known[id];
}
