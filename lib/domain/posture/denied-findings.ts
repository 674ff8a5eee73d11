import { type AclIndex, indexAclsSteps, rulesFor } from "@/lib/domain/access/acl-index";
import { authorize, EVERYBODY } from "@/lib/domain/access/authorize";
import { authorizerOf } from "@/lib/domain/access/authorizer-settings";
import { formatCountOf } from "@/lib/domain/format";
import { ownerOfPrincipal } from "@/lib/domain/owner";
import { kafkaUserOf } from "@/lib/domain/principal-name";
import type { Steps } from "@/lib/domain/steps";
import type { GroupSummary } from "@/lib/domain/views/lag";
import { ownRuleLines } from "./acl-lines";
import { affects, listed } from "./affected";
import { type PostureInput, type Report, tenantsOn } from "./posture";
import { isIam } from "./sign-in";

const SLICE = 50;

/**
 * Tenants that are shut out of what they read: a group of theirs has committed on their topics, and no rule lets any principal of theirs
 * read there now. Who produces cannot be told from commits, so nothing is said of writing.
 */
export function* deniedFindings(input: PostureInput, report: Report): Steps<void> {
  const { fleet, cluster } = input;
  const { acls, clusterId } = cluster;
  const { isOn, superUsers, allowEveryone } = authorizerOf(cluster);
  if (isIam(input) === "only" || isOn === false) return;
  if (acls === null) return report.cannotSee(["access.denied"], "The ACLs of this cluster have not been read yet.");
  const index = yield* indexAclsSteps(acls);
  const settings = { superUsers: superUsers ?? new Set<string>(), allowEveryone: allowEveryone ?? true };
  const hostsOf = new Map<string, Set<string>>();
  for (const { principal, host } of acls) hostsOf.set(principal, (hostsOf.get(principal) ?? new Set()).add(host));
  let done = 0;
  for (const state of tenantsOn(input)) {
    done += 1;
    if (done % SLICE === 0) yield;
    const principals = state.tenant.placements.flatMap((one) => (one.cluster === clusterId ? one.principals : []));
    const users = principals.map(kafkaUserOf);
    // Of IAM roles and of those whom no rule names it is not known what else lets them in: hidden super users are such.
    if (users.length === 0 || !users.every((user) => user !== null && hostsOf.has(`User:${user}`))) continue;
    const mayRead = (resourceType: "topic" | "group", resourceName: string): boolean =>
      users.some((user) => {
        const principal = `User:${user}`;
        const hosts = [...(hostsOf.get(principal) ?? []), ...(hostsOf.get(EVERYBODY) ?? [])];
        return hosts.some((host) => authorize(index, { principal, host, operation: "read", resourceType, resourceName }, settings).allowed);
      });
    const shut = state.groups.flatMap((group) => shutOut(group, clusterId, mayRead, (topic) => isServed(index, topic, input)));
    const [first] = shut;
    if (first === undefined) continue;
    const names = [...new Set(users.filter((user) => user !== null))];
    const groups = shut.map(({ groupId }) => groupId);
    const tenantId = state.tenant.id;
    report.find({
      rule: "access.denied",
      severity: "danger",
      sentence: `No rule lets ${listed(names)} read ${first.what}, which ${listed(groups)} ${groups.length === 1 ? "reads" : "read"}: the brokers refuse it.`,
      evidence: {
        principals: names.join(", "),
        groups: groups.slice(0, 5).join(", "),
        names: first.names.slice(0, 5).join(", "),
        commands: ownRuleLines([tenantId], { fleet, cluster }),
        ...affects([tenantId]),
      },
      tenantId,
      subject: `principal ${names[0]}`,
    });
  }
}

interface Shut {
  groupId: string;
  what: string;
  names: string[];
}

function shutOut(
  { clusterId: on, groupId, owner, topics }: GroupSummary,
  clusterId: string,
  mayRead: (resourceType: "topic" | "group", resourceName: string) => boolean,
  isServed: (topic: string) => boolean,
): Shut[] {
  if (on !== clusterId || owner.kind !== "tenant") return [];
  const refused = topics.filter((topic) => !mayRead("topic", topic) && !isServed(topic));
  if (refused.length > 0)
    return [{ groupId, what: refused.length > 3 ? formatCountOf(refused.length, "topic") : listed(refused), names: refused }];
  if (topics.length === 0 || mayRead("group", groupId) || topics.some(isServed)) return [];
  return [{ groupId, what: `as the group ${groupId}`, names: [groupId] }];
}

/** Somebody who is no tenant and not ours may read it: a service may be the one that reads for the tenant. */
function isServed(index: AclIndex, topic: string, { fleet, cluster }: PostureInput): boolean {
  for (const { principal, permission, operation } of rulesFor(index, "topic", topic)) {
    if (permission !== "allow" || !["read", "all"].includes(operation)) continue;
    if (principal === EVERYBODY) return true;
    const { owner } = ownerOfPrincipal(fleet.owners, cluster.clusterId, principal.replace(/^User:/, ""));
    if (owner.kind === "unowned" || (owner.kind === "service" && owner.role === "service")) return true;
  }
  return false;
}
