/** The post's three isolation models. A tenant placed under several is `mixed`, and counted once. */
export const MODELS = ["pool", "bridge", "silo"] as const;
export type Model = (typeof MODELS)[number];
export type TenantModel = Model | "mixed" | "unplaced";

export type Verdict = "yes" | "no" | "conditional";

export interface Capability {
  id: string;
  dimension: "control per tenant" | "data partitioning" | "performance fairness" | "tenant isolation" | "cost";
  name: string;
  /** For each model the verdict and one sentence why. */
  cells: Record<Model, { verdict: Verdict; why: string }>;
}

const SHARED_TOPIC = "Topics are shared: a setting of the topic is a setting of every tenant in it.";
const OWN_TOPIC = "The tenant has topics of its own.";

/**
 * What each isolation model allows. The first five rows are the summary table of the AWS post "Stream multi-tenant data with
 * Amazon MSK" and agree with it in meaning. Forms, the comparison and the advisor read this one table.
 */
export const CAPABILITIES: readonly Capability[] = [
  {
    id: "own-encryption-key",
    dimension: "control per tenant",
    name: "Encryption at rest per tenant",
    cells: {
      pool: { verdict: "no", why: "A cluster has one key, and its tenants share the cluster." },
      bridge: { verdict: "no", why: "A cluster has one key, and its tenants share the cluster." },
      silo: { verdict: "yes", why: "Each tenant has a cluster, and with it a key, of its own." },
    },
  },
  {
    id: "right-to-be-forgotten",
    dimension: "control per tenant",
    name: "Right to be forgotten for one tenant",
    cells: {
      pool: { verdict: "no", why: "Records of one tenant cannot be deleted from a shared topic." },
      bridge: { verdict: "yes", why: "The tenant's topics can be deleted." },
      silo: { verdict: "yes", why: "The tenant's topics, or its whole cluster, can be deleted." },
    },
  },
  {
    id: "own-retention",
    dimension: "control per tenant",
    name: "Retention per tenant",
    cells: {
      pool: { verdict: "no", why: SHARED_TOPIC },
      bridge: { verdict: "yes", why: OWN_TOPIC },
      silo: { verdict: "yes", why: OWN_TOPIC },
    },
  },
  {
    id: "own-message-size",
    dimension: "control per tenant",
    name: "Event size limit per tenant",
    cells: {
      pool: { verdict: "no", why: SHARED_TOPIC },
      bridge: { verdict: "yes", why: OWN_TOPIC },
      silo: { verdict: "yes", why: OWN_TOPIC },
    },
  },
  {
    id: "own-replay",
    dimension: "control per tenant",
    name: "Replay per tenant",
    cells: {
      pool: { verdict: "conditional", why: "A replay reads everybody's records; consumers must skip those of other tenants." },
      bridge: { verdict: "yes", why: "Offsets of the tenant's topics can be reset alone." },
      silo: { verdict: "yes", why: "Offsets of the tenant's topics can be reset alone." },
    },
  },
  {
    id: "data-partitioning",
    dimension: "data partitioning",
    name: "Data partitioning",
    cells: {
      pool: { verdict: "no", why: "Tenants share files." },
      bridge: { verdict: "conditional", why: "By file: each topic has its own, on volumes that all tenants share." },
      silo: { verdict: "conditional", why: "By disk on provisioned clusters; serverless shows no disks." },
    },
  },
  {
    id: "selective-subscription",
    dimension: "data partitioning",
    name: "Selective subscription by tenant",
    cells: {
      pool: { verdict: "no", why: "A consumer of the topic receives every tenant's records." },
      bridge: { verdict: "yes", why: "Consumers subscribe to the topics of the tenants they serve." },
      silo: { verdict: "yes", why: "Consumers connect to the tenant's cluster." },
    },
  },
  {
    id: "selective-scaling",
    dimension: "data partitioning",
    name: "Selective scaling (partitions)",
    cells: {
      pool: { verdict: "no", why: "Partitions are added for all tenants at once." },
      bridge: { verdict: "yes", why: "Partitions are set per topic, and so per tenant." },
      silo: { verdict: "yes", why: "Partitions and brokers are the tenant's own." },
    },
  },
  {
    id: "fairness",
    dimension: "performance fairness",
    name: "Performance fairness",
    cells: {
      pool: { verdict: "conditional", why: "Not by topic; only if the tenants' clients have identities of their own to set quotas on." },
      bridge: { verdict: "yes", why: "By Kafka quotas on the tenant's principals." },
      silo: { verdict: "yes", why: "By dedication; quotas are optional." },
    },
  },
  {
    id: "access-isolation",
    dimension: "tenant isolation",
    name: "Tenant isolation",
    cells: {
      pool: { verdict: "conditional", why: "Only the application's own code keeps tenants apart." },
      bridge: { verdict: "yes", why: "By IAM policies or ACLs on the tenant's topic prefix." },
      silo: { verdict: "yes", why: "By IAM policies or credentials of the tenant's cluster." },
    },
  },
  {
    id: "running-cost",
    dimension: "cost",
    name: "Low running cost",
    cells: {
      pool: { verdict: "yes", why: "The lowest: everything is shared." },
      bridge: { verdict: "yes", why: "Low: the cluster is shared." },
      silo: { verdict: "no", why: "The highest: each cluster must be sized to its tenant." },
    },
  },
  {
    id: "operational-effort",
    dimension: "cost",
    name: "Low operational effort",
    cells: {
      pool: { verdict: "yes", why: "The lowest: one set of topics." },
      bridge: { verdict: "conditional", why: "Medium: topics, rules and quotas for each tenant." },
      silo: { verdict: "no", why: "The highest: tooling is duplicated for each tenant." },
    },
  },
];
