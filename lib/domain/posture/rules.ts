/** What is wrong by construction and not by the hour: every check by its stable name, what a list calls it, and what it looks for. */
export const POSTURE_CHECKS = {
  "access.denied": {
    label: "Refused by brokers",
    looksFor: "tenants whom no rule lets read the topics that their own groups read",
    remedy: "Give the tenant's principals back the rule on their own prefix; its consumers go on by themselves.",
  },
  "isolation.acl-too-wide": {
    label: "Rule too wide",
    looksFor: "principals that can read or change what other tenants have, by a name, a prefix without its delimiter, or *",
    remedy: "Replace the rule by one on the tenant's own prefix, its delimiter included; then delete the wide one.",
  },
  "isolation.shared-principal": {
    label: "Shared principal",
    looksFor: "one principal or client-id for several tenants that is not declared a service",
    remedy: "Give each tenant a principal of its own, or declare the principal as a service that serves many tenants.",
  },
  "isolation.no-authorizer": {
    label: "No authorizer",
    looksFor: "brokers that check no permission at all",
    remedy: "Turn an authorizer on (authorizer.class.name) and give each tenant rules on its own prefix before.",
  },
  "isolation.allow-everyone": {
    label: "Open without rules",
    looksFor: "clusters on which a topic without rules is open to everybody",
    remedy: "Give every topic rules, then set allow.everyone.if.no.acl.found to false in the cluster's configuration.",
  },
  "isolation.no-acl": {
    label: "Topics without rules",
    looksFor: "tenants' topics that no rule is for, on clusters that then let everybody in",
    remedy: "Add rules on each tenant's prefix. The first rule on a topic shuts everybody else out, so add those of its readers at once.",
  },
  "isolation.super-user": {
    label: "Tenant is super user",
    looksFor: "super users that are a tenant's principals",
    remedy: "Take the principal out of super.users and give it rules on its own prefix.",
  },
  "isolation.cannot-see": {
    label: "IAM not read",
    looksFor: "clusters where access is decided by IAM policies, which are not read here",
    remedy: "Check the IAM policies of the tenants' roles: topics and groups by the tenant's prefix, its delimiter included.",
  },
  "isolation.model-unfit": {
    label: "Model does not fit",
    looksFor: "tenants whose model cannot give what they are declared to need, at their rates of now",
    remedy: "See which model fits and what moving there involves; or correct what is declared.",
  },
  "erasure.late": {
    label: "Erased too late",
    looksFor: "records kept longer than a tenant's right to be forgotten allows, retention and the open segment together",
    remedy: "Shorten retention and segment.ms of the topics, or move the stream out of the pool: there one tenant cannot be deleted.",
  },
  "parallelism.idle-members": {
    label: "Idle members",
    looksFor: "groups with more members than their topics have partitions",
    remedy: "Add partitions to the topics, or take members away: those beyond the partitions read nothing.",
  },
  "parallelism.partition-cap": {
    label: "Partitions cap promise",
    looksFor: "tenants whose partitions cannot carry what is promised to them",
    remedy: "Add partitions to the tenant's topics; keys then map to other partitions.",
  },
  "fairness.no-quota": {
    label: "No quota",
    looksFor: "tenants on shared clusters whom no quota limits",
    remedy: "Set a produce and a consume quota on the tenant's principals, from what its tier promises.",
  },
  "fairness.shadowed-quota": {
    label: "Quota never applies",
    looksFor: "quota rules that a more specific one always hides",
    remedy: "Delete the rule, or set its value on the rule that hides it.",
  },
  "fairness.oversold": {
    label: "Promised too much",
    looksFor: "clusters on which more is promised than they can take",
    remedy: "Add brokers or larger ones, move tenants to another cluster, or promise less.",
  },
  "partitioning.partition-per-tenant": {
    label: "Partition per tenant",
    looksFor: "topics in which each partition holds one tenant, in a sample",
    remedy: "Give each tenant a topic of its own (bridge), or spread the records of all tenants by another key (pool).",
  },
  "partitioning.client-side-encryption": {
    label: "Encrypted by clients",
    looksFor: "records whose headers name encryption keys that differ by tenant, in a sample of headers",
    remedy: "If tenants need keys of their own, a silo has one at rest without code in every producer and consumer.",
  },
  "partitioning.missing-tenant-header": {
    label: "Records without tenant",
    looksFor: "records of pool topics without their tenant, or with one that the payload contradicts, in a sample",
    remedy: "Find the producer by its client-id and set the header there; consumers should refuse records without it.",
  },
  "durability.replication-factor": {
    label: "Too few replicas",
    looksFor: "tenants' topics with fewer than three replicas",
    remedy: "Raise the replication factor by reassigning the partitions.",
  },
  "durability.min-isr": {
    label: "Min ISR of 1",
    looksFor: "tenants' topics that take writes with one replica in sync",
    remedy: "Set min.insync.replicas to 2, and let producers write with acks=all.",
  },
  "durability.unclean-election": {
    label: "Unclean election",
    looksFor: "tenants' topics on which a replica that lags may become leader and lose records",
    remedy: "Set unclean.leader.election.enable to false on the topics or in the cluster's configuration.",
  },
  "durability.partitions": {
    label: "Tenants' partitions at risk",
    looksFor: "tenants with partitions that have no leader or too few replicas in sync",
    remedy: "Bring the missing brokers back; the cluster's page names them.",
  },
  "security.unauthenticated": {
    label: "No sign-in",
    looksFor: "clusters that let clients in without a sign-in",
    remedy: "Turn unauthenticated access off once every client signs in.",
  },
  "security.plaintext": {
    label: "Not encrypted in transit",
    looksFor: "clusters that take connections without TLS, between clients and brokers or among brokers",
    remedy: "Move clients to the TLS addresses, then allow TLS alone.",
  },
  "security.unowned-user": {
    label: "Users of nobody",
    looksFor: "SCRAM users that belong to no tenant and no service",
    remedy: "Declare whose they are, or delete their credentials.",
  },
  "security.no-own-key": {
    label: "No key of its own",
    looksFor: "tenants that are promised an encryption key of their own and have none",
    remedy: "Create a cluster with a customer managed key for the tenant and move it there: a cluster's key cannot be changed.",
  },
  "naming.nested-ids": {
    label: "Ids begin alike",
    looksFor: "tenant ids that are the beginning of another, where a prefix without its delimiter covers both",
    remedy: "End every prefix in rules and placements with the delimiter.",
  },
  "naming.group-colon": {
    label: "Group with a colon",
    looksFor: "groups with a colon in their name, for which CloudWatch has no lag",
    remedy: "Name the group without a colon at its next release; its commits begin anew.",
  },
} as const;
export type PostureRule = keyof typeof POSTURE_CHECKS;

export const POSTURE_RULES = Object.keys(POSTURE_CHECKS) as PostureRule[];

export function isPostureRule(rule: string): rule is PostureRule {
  return Object.hasOwn(POSTURE_CHECKS, rule);
}

/** The two or three words for each check, as conditions carry them. */
export const POSTURE_LABELS = Object.fromEntries(POSTURE_RULES.map((rule) => [rule, POSTURE_CHECKS[rule].label])) as Record<
  PostureRule,
  string
>;

/** Conditions with rules of their own that a check of posture would find too: they stand in its list, and are not checked twice. */
export const POSTURE_ALSO: Record<string, { looksFor: string; remedy: string }> = {
  "drift.retention": {
    looksFor: "tenants' topics that keep records for another time than tier and overrides say",
    remedy: "Bring the topics back to what is declared, or adopt what is live as an override.",
  },
  "drift.message-size": {
    looksFor: "tenants' topics that admit other sizes than tier and overrides say",
    remedy: "Bring the topics back to what is declared, or adopt what is live as an override.",
  },
  "topic.unowned": { looksFor: "topics that belong to no tenant", remedy: "Give the topics to a tenant by a placement, or delete them." },
  "group.unowned": { looksFor: "groups that belong to no tenant", remedy: "Give the groups to a tenant by a placement, or delete them." },
};

/** Whether a condition stands in the list of posture. */
export function isToldAsPosture(rule: string): boolean {
  return isPostureRule(rule) || Object.hasOwn(POSTURE_ALSO, rule);
}
