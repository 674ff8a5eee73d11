import { operationsIn, operationWords } from "@/lib/domain/cloud/msk-operations";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { formatCount, formatCountOf, formatDuration, formatMilliseconds, formatPercent, formatUtcMinute } from "@/lib/domain/format";
import { knownValue } from "@/lib/domain/observed";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { ChecklistItem } from "@/lib/domain/views/ticket";
import { DIRECTIONS } from "@/lib/domain/views/use";

interface Asking {
  fleet: FleetSnapshot;
  state: TenantState;
  clusters: readonly ClusterSnapshot[];
  fromMs: number;
  toMs: number;
}

const HOUR_MS = 3_600_000;

/**
 * The questions of a ticket, each answered from what is seen now: yes or no with its evidence, or why it cannot be seen. `evidence` may
 * name others; `forward` says the same and names nobody but the tenant's own groups.
 */
export function checklist(fleet: FleetSnapshot, state: TenantState, fromMs: number, toMs: number): ChecklistItem[] {
  const ids = new Set(state.tenant.placements.map(({ cluster }) => cluster));
  const clusters = [...ids].map((id) => fleet.clusters.get(id)).filter((one) => one !== undefined);
  const asking: Asking = { fleet, state, clusters, fromMs, toMs };
  return [
    lag(asking),
    throttling(asking),
    stuck(asking),
    commits(asking),
    neighbour(asking),
    broker(asking),
    operation(asking),
    access(asking),
  ];
}

type Answer = Pick<ChecklistItem, "answer" | "evidence" | "forward">;

const unseen = (because: string): Answer => ({ answer: "unseen", evidence: because, forward: because });
const said = (answer: "yes" | "no", evidence: string, forward = evidence): Answer => ({ answer, evidence, forward });

function lag({ state }: Asking): ChecklistItem {
  const question = { id: "lag", question: "Is it lag?" } as const;
  const own = state.groups.filter(({ owner }) => owner.kind === "tenant");
  const late = own.filter(({ state: of }) => of === "behind" || of === "losing" || of === "stuck");
  if (late.length > 0) {
    const told = late.slice(0, 3).map(({ groupId, timeBehindMs, recordsBehind, objectiveMs }) => {
      const time = knownValue(timeBehindMs);
      const records = knownValue(recordsBehind);
      const much = time !== null ? formatDuration(time) : records === null ? "by an unknown amount" : `${formatCount(records)} records`;
      return `${groupId} is ${much} behind${objectiveMs === null ? "" : `, objective ${formatDuration(objectiveMs)}`}`;
    });
    return { ...question, ...said("yes", `${told.join("; ")}.`) };
  }
  const known = own.filter(({ recordsBehind }) => knownValue(recordsBehind) !== null);
  if (known.length > 0)
    return {
      ...question,
      ...said("no", `${formatCountOf(known.length, "group of its own is", "groups of its own are")} read, and none is past its objective.`),
    };
  return { ...question, ...unseen(state.lag.reason ?? "No group of its own has a lag that can be read.") };
}

function throttling({ state }: Asking): ChecklistItem {
  const question = { id: "throttling", question: "Is it throttling?" } as const;
  const uses = DIRECTIONS.map((direction) => ({ direction, use: state[direction] }));
  const throttled = uses.filter(({ use }) => use.state === "at-limit" || use.state === "throttled-below-promise");
  if (throttled.length > 0) {
    const told = throttled.map(({ direction, use: { worst, state: of } }) => {
      const much = worst?.throttleMs == null ? "" : ` for ${formatMilliseconds(worst.throttleMs)} a request`;
      const whose =
        of === "throttled-below-promise" ? ", although it is inside its promise: the split of the promise is ours to correct" : "";
      return `its ${direction} traffic is held back${much} at ${formatPercent(worst?.share ?? 1)} of its quota on one broker${whose}`;
    });
    return { ...question, ...said("yes", `${capital(told.join("; "))}.`) };
  }
  const blind = uses.filter(({ use }) => !use.throttleVisible && use.state !== "no-limit" && use.state !== "idle");
  if (blind.length > 0)
    return {
      ...question,
      ...unseen(blind[0]?.use.note ?? "Throttling of its clients is not measured: its traffic is not counted by client."),
    };
  if (uses.every(({ use }) => use.state === "no-limit"))
    return { ...question, ...said("no", "No quota applies to it, so none holds it back.") };
  return { ...question, ...said("no", "No client of it was throttled in the last minute.") };
}

function stuck({ state }: Asking): ChecklistItem {
  const question = { id: "stuck", question: "Is a consumer stuck?" } as const;
  const found = state.groups.filter((group) => group.state === "stuck" && group.owner.kind === "tenant");
  if (found.length > 0) {
    const told = found
      .slice(0, 3)
      .map(
        ({ groupId, stuckSince }) =>
          `${groupId} has not committed${stuckSince === null ? "" : ` since ${formatUtcMinute(stuckSince)}`} while records wait`,
      );
    return { ...question, ...said("yes", `${told.join("; ")}.`) };
  }
  const gone = state.groups.filter((group) => group.state === "no-members" && group.owner.kind === "tenant");
  if (gone.length > 0)
    return {
      ...question,
      ...said(
        "yes",
        `${gone
          .map(({ groupId }) => groupId)
          .slice(0, 3)
          .join(", ")} has no members: nobody reads.`,
      ),
    };
  const known = state.groups.filter(({ owner, state: of }) => owner.kind === "tenant" && of !== "unknown");
  return {
    ...question,
    ...(known.length === 0
      ? unseen("No group of its own can be read.")
      : said("no", `${formatCountOf(known.length, "group of its own commits", "groups of its own commit")}, and none stands still.`)),
  };
}

function commits({ state }: Asking): ChecklistItem {
  const question = { id: "commits", question: "Were commits dropped, or records lost unread?" } as const;
  const own = state.groups.filter(({ owner }) => owner.kind === "tenant");
  const lost = own.filter(({ lostRecords }) => (lostRecords ?? 0) > 0);
  if (lost.length > 0) {
    const told = lost.slice(0, 3).map(({ groupId, lostRecords }) => `${groupId} lost ${formatCount(lostRecords ?? 0)} unread records`);
    return { ...question, ...said("yes", `${told.join("; ")}.`) };
  }
  const none = own.filter((group) => group.state === "no-commits");
  if (none.length > 0)
    return {
      ...question,
      ...said(
        "yes",
        `${none
          .map(({ groupId }) => groupId)
          .slice(0, 3)
          .join(", ")} has no commits: it never committed, or Kafka dropped them.`,
      ),
    };
  const expiring = own.find(({ commitsExpireAt }) => commitsExpireAt !== null);
  if (expiring?.commitsExpireAt != null)
    return {
      ...question,
      ...said("no", `Not yet: those of ${expiring.groupId} are dropped at ${formatUtcMinute(expiring.commitsExpireAt)}.`),
    };
  const known = own.filter(({ lostRecords }) => lostRecords !== null);
  return {
    ...question,
    ...(known.length === 0
      ? unseen("Log starts and commits of its groups are not both known.")
      : said("no", "Every committed offset is above the log's start.")),
  };
}

function neighbour({ fleet, state, clusters }: Asking): ChecklistItem {
  const question = { id: "neighbour", question: "Is it a neighbour?" } as const;
  const judged = clusters.flatMap(({ clusterId }) => fleet.noise?.get(clusterId) ?? []);
  const hurt = judged.flatMap(({ episodes }) =>
    episodes.filter(({ level, victims }) => level.verdict === "noisy" && victims.some(({ tenantId }) => tenantId === state.tenant.id)),
  );
  const [first] = hurt;
  if (first !== undefined) {
    const name = fleet.tenants.get(first.level.tenantId)?.tenant.name ?? first.level.tenantId;
    const how =
      first.mechanism === null
        ? "No mechanism was measured."
        : `${capital(first.mechanism.what)} time rose from ${formatMilliseconds(first.mechanism.beforeMs)} to ${formatMilliseconds(first.mechanism.nowMs)}.`;
    const rest = `takes ${formatPercent(first.level.share)} of a broker that its groups read from, and they fell behind at the same time. ${how}`;
    return { ...question, ...said("yes", `${name} ${rest}`, `Another workload ${rest}`) };
  }
  if (judged.length === 0 || judged.some(({ unseen: because }) => because !== null)) {
    return {
      ...question,
      ...unseen(judged.find(({ unseen: because }) => because !== null)?.unseen ?? "This process has not judged its clusters yet."),
    };
  }
  const loud = judged.flatMap(({ episodes }) => episodes).filter(({ level }) => level.tenantId === state.tenant.id);
  if (loud.length > 0) return { ...question, ...said("no", `It is itself ${loud[0]?.level.verdict} there.`) };
  return { ...question, ...said("no", "Nobody beside it is noisy while its groups fall behind.") };
}

function broker({ fleet, clusters }: Asking): ChecklistItem {
  const question = { id: "broker", question: "Is it a broker?" } as const;
  const ids = new Set(clusters.map(({ clusterId }) => clusterId));
  const rules = ["broker.missing", "partition.leaderless", "partition.under-replicated", "noise.pressure"];
  const found = fleet.conditions.filter(({ rule, clusterId }) => clusterId !== null && ids.has(clusterId) && rules.includes(rule));
  if (found.length > 0) {
    return {
      ...question,
      ...said(
        "yes",
        found
          .map(({ sentence }) => sentence)
          .slice(0, 3)
          .join(" "),
        "One of our brokers was missing, behind with its copies, or under pressure.",
      ),
    };
  }
  const unread = clusters.find(({ metadata }) => metadata === null);
  if (unread !== undefined || clusters.length === 0) return { ...question, ...unseen("A cluster it is on has not been read.") };
  return { ...question, ...said("no", "All brokers it is on are alive, and every partition has a leader and its copies.") };
}

function operation({ clusters, fromMs, toMs }: Asking): ChecklistItem {
  const question = { id: "operation", question: "Is it an operation of MSK?" } as const;
  const found = clusters.flatMap(({ name, msk }) =>
    operationsIn(msk?.operations ?? [], fromMs - HOUR_MS, toMs).map((one) => ({ ...one, name })),
  );
  if (found.length > 0) {
    const told = found.map(({ type, startedAt, name }) => `${operationWords(type)} on ${name} since ${formatUtcMinute(startedAt)}`);
    const plain = found.map(({ type, startedAt }) => `${operationWords(type)} since ${formatUtcMinute(startedAt)}`);
    return { ...question, ...said("yes", `${capital(told.slice(0, 3).join("; "))}.`, `${capital(plain.slice(0, 3).join("; "))}.`) };
  }
  const untold = clusters.filter(({ msk }) => (msk?.operations ?? null) === null);
  if (untold.length > 0 || clusters.length === 0)
    return { ...question, ...unseen("AWS does not tell the operations of every cluster it is on.") };
  return { ...question, ...said("no", "AWS tells of none in this time.") };
}

function access({ fleet, state, clusters }: Asking): ChecklistItem {
  const question = { id: "access", question: "Is it access?" } as const;
  const found = fleet.conditions.filter(({ tenantId, rule }) => tenantId === state.tenant.id && rule.startsWith("access."));
  if (found.length > 0)
    return {
      ...question,
      ...said(
        "yes",
        found
          .map(({ sentence }) => sentence)
          .slice(0, 2)
          .join(" "),
        "Our rules of access need a look; we are on it.",
      ),
    };
  const unread = clusters.filter(({ acls }) => acls === null);
  if (unread.length > 0 || clusters.length === 0)
    return { ...question, ...unseen("The rules of access of a cluster it is on could not be read.") };
  return {
    ...question,
    ...unseen(
      "Brokers do not count refused requests by client, and IAM policies are not read here. The rules that are read hold nothing against it; the client's own log says whether it was refused.",
    ),
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
