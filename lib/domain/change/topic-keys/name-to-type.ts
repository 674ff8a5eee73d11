import type { TopicScope } from "@/lib/domain/change/request";
import { formatCountOf } from "@/lib/domain/format";
import { onlyTenant } from "./resolve-value";
import type { ChangedTopic } from "./topic-key-change";

/** What a person types before data is deleted: the tenant's id, a shared or unowned topic's name, a tier's id, else how many there are. */
export function nameToType(topics: readonly ChangedTopic[], scope: TopicScope): string | null {
  const subjects = new Set(topics.map(({ scoped }) => onlyTenant(scoped)?.tenant.id ?? scoped.topic));
  const [only] = subjects;
  if (only === undefined) return null;
  if (subjects.size === 1) return only;
  if ("tierId" in scope) return scope.tierId;
  const tenants = topics.every(({ scoped }) => onlyTenant(scoped) !== null);
  return formatCountOf(subjects.size, tenants ? "tenant" : "topic");
}
