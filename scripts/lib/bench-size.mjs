/** What figures are given for. */
export const REFERENCE_TOPICS = 4_000;

/** How much is measured. The broker is the same for all parts: every one of its tenants has two topics and two groups. */
export const TOPICS = Number(process.env.BENCH_TOPICS ?? REFERENCE_TOPICS);
export const PARTITIONS = 4;
export const GROUPS = Number(process.env.BENCH_TOPICS ?? REFERENCE_TOPICS);
export const BENCH_CLUSTER = "bench";

/** Tenants with topics of their own; further declared ones have none yet. */
export const TENANTS_WITH_TOPICS = TOPICS / 2;

/** @param {number} index */
export const tenantId = (index) => `t-${String(index).padStart(5, "0")}`;

/** @param {number} index */
export const topicName = (index) => `${tenantId(index >> 1)}.${index % 2 === 0 ? "orders" : "events"}`;

/** @param {number} index */
export const groupName = (index) => `${topicName(index)}-reader`;
