import { indexAclsSteps, rulesFor } from "@/lib/domain/access/acl-index";
import { EVERYBODY } from "@/lib/domain/access/authorize";
import { authorizerOf, type KnownAuthorizer } from "@/lib/domain/access/authorizer-settings";
import { type ForeignReach, foreignReachSteps } from "@/lib/domain/access/foreign-reach";
import { landsSteps } from "@/lib/domain/access/lands";
import type { AclFact } from "@/lib/domain/facts";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import { ownerOfPrincipal, ownerOfTopic } from "@/lib/domain/owner";
import type { Steps } from "@/lib/domain/steps";
import { narrowingLines, ownRuleLines } from "./acl-lines";
import { affects, listed } from "./affected";
import { type PostureInput, type Report, tenantsOn } from "./posture";
import { isIam } from "./sign-in";

/** Who can get at whose data by the brokers' own rules, and where those rules say nothing. */
export function* accessFindings(input: PostureInput, report: Report): Steps<void> {
  const { cluster } = input;
  findIam(input, report);
  if (isIam(input) === "only") return;
  const authorizer = authorizerOf(cluster);
  if (authorizer.isOn === false) {
    const tenants = tenantsOn(input).map(({ tenant }) => tenant.id);
    report.find({
      rule: "isolation.no-authorizer",
      severity: "danger",
      sentence: `The brokers check no permission: every client can read and write what ${formatCountOf(tenants.length, "tenant")} have here.`,
      evidence: affects(tenants),
      tenantId: null,
      subject: "authorizer",
    });
    return;
  }
  const { acls } = cluster;
  if (acls === null) {
    const reason = cluster.parts.acls.problems[0]?.message ?? "The ACLs of this cluster have not been read yet.";
    report.cannotSee(["isolation.acl-too-wide", "isolation.shared-principal", "isolation.no-acl"], reason);
  } else {
    yield* findReach(input, acls, authorizer, report);
    yield* findUnruled(input, acls, authorizer, report);
  }
  findOpen(input, authorizer, report);
  findSuperUsers(input, authorizer, report);
}

function findIam(input: PostureInput, report: Report): void {
  const way = isIam(input);
  if (way === "no") return;
  const tenants = tenantsOn(input).map(({ tenant }) => tenant.id);
  const rest = way === "only" ? "" : " ACLs rule its other clients alone.";
  report.find({
    rule: "isolation.cannot-see",
    severity: "info",
    sentence: `Access by IAM is decided by policies that are not read here, so nothing can be said of what ${formatCountOf(tenants.length, "tenant")} can reach.${rest}`,
    evidence: affects(tenants),
    tenantId: null,
    subject: "IAM",
  });
  const unseen = way === "only" ? report.cannotSee : report.seesPartly;
  const whose = way === "only" ? "Access" : "Access of clients that sign in by IAM";
  unseen(
    ["isolation.acl-too-wide", "isolation.no-acl", "isolation.shared-principal"],
    `${whose} is decided by IAM policies, which are not read here.`,
  );
}

function* findReach(input: PostureInput, acls: readonly AclFact[], { superUsers }: KnownAuthorizer, report: Report): Steps<void> {
  const { fleet, cluster } = input;
  const { clusterId } = cluster;
  const { lands, claimOf } = yield* landsSteps(fleet, clusterId);
  const found = yield* foreignReachSteps({
    acls,
    lands,
    claimOf,
    ownerOf: (kafkaUser) => ownerOfPrincipal(fleet.owners, clusterId, kafkaUser),
    superUsers: superUsers ?? new Set(),
  });
  let done = 0;
  for (const reaches of Map.groupBy(found, ({ acl }) => acl.principal).values()) {
    reportReach(reaches, input, report);
    done += 1;
    if (done % PRINCIPALS_SLICE === 0) yield;
  }
}

/** One finding for each principal: the pattern that opens most is the one it names, with all that rules on it allow. */
function reportReach(reaches: readonly ForeignReach[], input: PostureInput, report: Report): void {
  const sorted = reaches.toSorted((a, b) => b.tenantCount - a.tenantCount || b.nameCount - a.nameCount);
  const [worst] = sorted;
  if (worst === undefined) return;
  const { acl, kafkaUser, who } = worst;
  const alike = sorted.filter((reach) => patternWords(reach.acl) === patternWords(acl));
  const operations = OPERATIONS.filter((operation) => alike.some((reach) => reach.operations.includes(operation)));
  const isShared = acl.principal !== EVERYBODY && who.owner.kind === "unowned" && worst.tenantCount > 1;
  const tenantIds = [...new Set(sorted.flatMap((reach) => reach.tenantIds))];
  const count = Math.max(tenantIds.length, ...sorted.map(({ tenantCount }) => tenantCount));
  report.find({
    rule: isShared ? "isolation.shared-principal" : "isolation.acl-too-wide",
    severity: who.owner.kind === "unowned" && acl.principal !== EVERYBODY ? "warn" : "danger",
    sentence: reachSentence(worst, operations, sorted.length - alike.length, listed(tenantIds, count)),
    evidence: {
      principal: acl.principal,
      rules: sorted.length,
      rule: sorted
        .slice(0, 5)
        .map((reach) => ruleWords(reach.acl))
        .join("; "),
      names: worst.names.slice(0, 5).join(", "),
      nameCount: worst.nameCount,
      commands: narrowingLines(sorted, input),
      ...affects(tenantIds, count),
    },
    tenantId: who.owner.kind === "tenant" ? who.owner.tenantId : null,
    subject: `principal ${kafkaUser}`,
  });
}

/** In the order in which a person would ask. */
const OPERATIONS = ["read", "write", "delete", "alter", "alter-configs"] as const;

function reachSentence(
  { acl, kafkaUser, who, names, nameCount, atLeast }: ForeignReach,
  operations: readonly string[],
  otherRules: number,
  whose: string,
): string {
  const nobodys = who.owner.kind === "unowned" ? `${kafkaUser}, whose owner nobody declared,` : kafkaUser;
  const subject = acl.principal === EVERYBODY ? "Everybody who signs in" : nobodys;
  const kind = acl.resourceType === "transactional-id" ? "transactional id" : acl.resourceType;
  const some = `${atLeast ? "at least " : ""}${formatCountOf(nameCount, kind)}`;
  const what = nameCount === 0 ? `${kind}s yet to come` : nameCount === 1 && !atLeast ? `the ${kind} ${names[0]}` : some;
  const more = otherRules > 0 ? `; ${formatCountOf(otherRules, "more rule")} ${otherRules === 1 ? "opens" : "open"} others'` : "";
  return `${subject} can ${listed(operations)} ${what} of ${whose}, because it may do so on ${patternWords(acl)}${more}.`;
}

/** "every topic", "topics that begin with “tern”". */
function patternWords({ resourceType, resourceName, patternType, host }: AclFact): string {
  const names =
    patternType === "prefixed"
      ? `${resourceType}s that begin with “${resourceName}”`
      : resourceName === "*"
        ? `every ${resourceType}`
        : `${resourceType} ${resourceName}`;
  return `${names}${host === "*" ? "" : ` from ${host}`}`;
}

/** "allow read on topics that begin with “tern”", with Kafka's own names. */
function ruleWords(acl: AclFact): string {
  return `${acl.permission} ${acl.operation} on ${patternWords(acl)}`;
}

const SLICE = 500;
const PRINCIPALS_SLICE = 50;

function* findUnruled(
  { fleet, cluster }: PostureInput,
  acls: readonly AclFact[],
  { allowEveryone }: KnownAuthorizer,
  report: Report,
): Steps<void> {
  if (allowEveryone === null) {
    report.cannotSee(
      ["isolation.no-acl", "isolation.allow-everyone"],
      "Whether topics without rules are open to everybody cannot be seen: brokers hide allow.everyone.if.no.acl.found.",
    );
  }
  if (allowEveryone !== true) return;
  const index = yield* indexAclsSteps(acls);
  const topics: string[] = [];
  const tenants = new Set<string>();
  let done = 0;
  for (const name of fleet.topics.get(cluster.clusterId)?.keys() ?? []) {
    const { set } = ownerOfTopic(fleet.owners, cluster.clusterId, name);
    if (set !== null && rulesFor(index, "topic", name).next().done) {
      topics.push(name);
      for (const id of set.tenantIds) tenants.add(id);
    }
    done += 1;
    if (done % SLICE === 0) yield;
  }
  if (topics.length === 0) return;
  report.find({
    rule: "isolation.no-acl",
    severity: "danger",
    sentence: `No rule is for ${formatCountOf(topics.length, "topic")} of ${listed([...tenants], tenants.size)}, so everybody who signs in can read and write ${topics.length === 1 ? "it" : "them"}.`,
    evidence: {
      topics: topics.length,
      names: topics.slice(0, 5).join(", "),
      commands: ownRuleLines([...tenants], { fleet, cluster }),
      ...affects([...tenants]),
    },
    tenantId: null,
    subject: "topics",
  });
}

function findOpen(input: PostureInput, { allowEveryone }: KnownAuthorizer, report: Report): void {
  if (allowEveryone !== true) return;
  const tenants = tenantsOn(input).map(({ tenant }) => tenant.id);
  const isTold = input.cluster.msk?.configuration?.["allow.everyone.if.no.acl.found"] !== undefined;
  report.find({
    rule: "isolation.allow-everyone",
    severity: "warn",
    sentence: `A topic without rules is open to everybody here${isTold ? "" : ", as is MSK's default"}: the next topic is, until somebody adds a rule.`,
    evidence: { setting: "allow.everyone.if.no.acl.found=true", ...affects(tenants) },
    tenantId: null,
    subject: "allow.everyone.if.no.acl.found",
  });
}

function findSuperUsers({ fleet, cluster }: PostureInput, { superUsers }: KnownAuthorizer, report: Report): void {
  if (superUsers === null) {
    report.cannotSee(["isolation.super-user"], "Brokers hide super.users, and no configuration of MSK tells them.");
    return;
  }
  for (const principal of superUsers) {
    const { owner } = ownerOfPrincipal(fleet.owners, cluster.clusterId, principal.replace(/^User:/, ""));
    if (owner.kind !== "tenant" && owner.kind !== "shared") continue;
    const tenantIds = owner.kind === "tenant" ? [owner.tenantId] : owner.tenantIds;
    report.find({
      rule: "isolation.super-user",
      severity: "danger",
      sentence: `${principal.replace(/^User:/, "")} of ${listed(tenantIds)} is a super user: no rule holds it back from anybody's data.`,
      evidence: { principal, superUsers: formatCount(superUsers.size), ...affects(tenantIds) },
      tenantId: tenantIds.length === 1 ? (tenantIds[0] ?? null) : null,
      subject: `principal ${principal.replace(/^User:/, "")}`,
    });
  }
}
