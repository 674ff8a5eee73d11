import type { PlannedOperation } from "@/lib/domain/change/operation";
import type { Consequence, PlanView, RetentionRuler } from "@/lib/domain/change/plan";
import type { ChangeRequest } from "@/lib/domain/change/request";
import { measured, unavailable } from "@/lib/domain/observed";
import type { ChangeDetail } from "@/lib/domain/views/changes";
import type { TenantDetail, TopicPage, TopicSummary } from "@/lib/domain/views/tenants";

/** Answers of the API for tests of the forms. */

export const AT = "2026-11-25T14:02:18.000Z";
export const DAY = 86_400_000;
const unseen = unavailable("Not measured here.", "Read the brokers’ exporters.", AT);

function topic(name: string, gigabytes: number): TopicSummary {
  return {
    clusterId: "events-eu-1",
    topic: name,
    owner: { kind: "tenant", tenantId: "kestrel", by: "prefix" },
    partitions: 12,
    replicationFactor: 3,
    leaderless: 0,
    underReplicated: 0,
    bytesInPerSecond: unseen,
    bytesOutPerSecond: unseen,
    recordsInPerSecond: unseen,
    sizeBytes: measured(gigabytes * 1e9, AT),
    sizeWithReplicasBytes: unseen,
    retentionMs: measured(7 * DAY, AT),
    groupCount: 1,
  };
}

export const topics: TopicPage = {
  page: { total: 2, nextCursor: null, version: "1", at: AT },
  rows: [topic("kestrel.positions", 2200), topic("kestrel.scans", 400)],
};

const use: TenantDetail["produce"] = {
  state: "no-limit",
  bytesPerSecond: unseen,
  worst: null,
  buckets: [],
  throttleVisible: false,
  promise: null,
  note: null,
};

export const tenant: TenantDetail = {
  id: "kestrel",
  name: "Kestrel Logistics",
  tier: {
    id: "gold",
    name: "Gold",
    model: "bridge",
    produceBytesPerSecond: 12_000_000,
    consumeBytesPerSecond: 24_000_000,
    retentionMs: { default: 3 * DAY, max: 14 * DAY },
    skewAllowance: 1.25,
  },
  model: "bridge",
  requirements: {},
  overrides: [
    { setting: "retentionMs", value: 7 * DAY, reason: "backfill of carrier scans", author: "ada", at: "2026-08-12T08:00:00.000Z" },
  ],
  managedElsewhere: null,
  placements: [],
  sentence: { severity: null, text: "Well." },
  conditions: [],
  produce: use,
  consume: use,
  lag: { state: "none", recordsBehind: null, timeBehindMs: null, groupId: null, clusterId: null, reason: null },
  groups: [],
  storageBytes: unseen,
  storageWithReplicasBytes: unseen,
  counts: { topics: 2, groups: 1, principals: 1 },
  cannotSee: [],
  at: AT,
};

export function retentionOperation(name: string, after: string, gigabytes: number): PlannedOperation {
  return {
    target: { kind: "topic-config", clusterId: "events-eu-1", topic: name, key: "retention.ms" },
    before: String(7 * DAY),
    after,
    phase: "tighten",
    unit: "tenant:kestrel",
    note: null,
    deletesBytes: { source: "estimated", value: gigabytes * 1e9, at: AT, error: 0.02 },
  };
}

export function consequence(given: Pick<Consequence, "class" | "sentence"> & Partial<Consequence>): Consequence {
  return { detail: null, tenantId: null, clusterId: null, links: [], instead: null, ...given };
}

const ruler: RetentionRuler = {
  kind: "retention",
  nowMs: 7 * DAY,
  afterMs: 3 * DAY,
  marks: [
    { label: "Gold default", value: 3 * DAY },
    { label: "Gold bound", value: 14 * DAY },
  ],
  staysBytes: { source: "estimated", value: 1.4e12, at: AT, error: 0.02 },
  goesBytes: { source: "estimated", value: 1.87e12, at: AT, error: 0.02 },
  groups: [
    ...["live", "etl", "audit", "eta"].map((name, index) => ({
      clusterId: "events-eu-1",
      groupId: `kestrel-${name}`,
      topic: "kestrel.positions",
      timeBehindMs: index === 3 ? 778_000 : 4_000 * index,
      losesRecords: 0,
      hasMembers: true,
    })),
    {
      clusterId: "events-eu-1",
      groupId: "kestrel-archive",
      topic: "kestrel.positions",
      timeBehindMs: 79 * 3_600_000,
      losesRecords: 145_000_000,
      hasMembers: false,
    },
  ],
};

export function planView(request: ChangeRequest, changes: Partial<PlanView> = {}): PlanView {
  return {
    request,
    title: "Change it",
    operations: [],
    consequences: [],
    refusals: [],
    leftOut: [],
    picture: null,
    confirm: { reasonRequired: false, typeName: null },
    means: "IncrementalAlterConfigs, one request",
    patch: null,
    fingerprint: "f".repeat(64),
    counts: { operations: changes.operations?.length ?? 0, units: 1, tenants: 1, topics: 2, clusters: 1 },
    factsId: "6f1f0f6e-6d1c-4f0b-9d0e-2f3f4a5b6c7d",
    factsAt: AT,
    problems: [],
    validation: null,
    ...changes,
  };
}

/** The plan of a retention that is shorter, in which a group loses what it has not read. */
export function losingPlan(request: Extract<ChangeRequest, { kind: "retention" }>, changes: Partial<PlanView> = {}): PlanView {
  const kept = "topics" in request.scope ? request.scope.topics.map((one) => one.topic) : topics.rows.map((one) => one.topic);
  return planView(request, {
    title: `Set retention to 3 days on ${kept.length} topics`,
    operations: kept.map((name) => retentionOperation(name, String(request.retentionMs), name.endsWith("scans") ? 240 : 1270)),
    consequences: [
      consequence({
        class: "loss",
        sentence: "kestrel-archive loses 145 million records it has not read.",
        detail: "It is 3 d 7 h behind and has had no members since Sat 14 Nov 06:58; the oldest 7 hours (142 GB) go.",
        links: [{ label: "Open the group", href: "/clusters/events-eu-1/groups?group=kestrel-archive" }],
        instead: {
          label: "Keep 4 days instead: nothing unread is lost",
          request: { ...request, retentionMs: 4 * DAY },
        },
      }),
      consequence({
        class: "permanent",
        sentence: "1.87 TB and 1.91 billion records on 2 topics are deleted and cannot be brought back.",
        detail: "Within 5 minutes, by whole segments of up to 1 GB; disk use of events-eu-1 falls from 52 % to 41 %.",
      }),
      consequence({ class: "fine", sentence: "Four other groups lose nothing; the furthest, kestrel-eta, is 12 m 58 s behind." }),
      consequence({ class: "fine", sentence: "Back to the Gold default: the override of 12 Aug ends." }),
    ],
    picture: ruler,
    confirm: { reasonRequired: true, typeName: "kestrel" },
    ...changes,
  });
}

export function changeDetail(changes: Partial<ChangeDetail> = {}): ChangeDetail {
  const operations = topics.rows.map(({ topic: name }) => retentionOperation(name, String(3 * DAY), 240));
  return {
    id: 12,
    kind: "retention",
    title: "Set retention to 3 days on 2 topics",
    state: "applied",
    message: null,
    actor: "ada",
    reason: "Backfill finished, ticket OPS-2217",
    at: AT,
    startedAt: AT,
    finishedAt: AT,
    units: 1,
    operations: { applied: 2 },
    clusterIds: ["events-eu-1"],
    tenantIds: ["kestrel"],
    tenantCount: 1,
    revertsId: null,
    revertedBy: [],
    request: { kind: "retention", scope: { tenantIds: ["kestrel"] }, retentionMs: 3 * DAY },
    consequences: [consequence({ class: "fine", sentence: "No group loses a record." })],
    leftOut: [],
    fingerprint: "f".repeat(64),
    correlationId: "0b6fd0c1-8f51-4c4c-9f1a-0a8d8f1f6b3e",
    rollout: null,
    operationList: operations.map((operation, index) => ({ ...operation, index, state: "applied", message: null, at: AT })),
    unitList: [{ unit: "tenant:kestrel", name: "Kestrel Logistics", state: "applied", operations: { applied: 2 }, message: null }],
    unitCounts: { applied: 1 },
    until: null,
    pausable: true,
    revert: { possible: true, reason: null, lost: ["Records that were deleted do not come back."] },
    ...changes,
  };
}
