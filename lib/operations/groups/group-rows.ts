import { z } from "zod";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { type GroupSummary, type LAG_STATES, LagState } from "@/lib/domain/views/lag";
import type { Csv, CsvValue } from "@/lib/operations/define";
import { Order, Words } from "@/lib/operations/list/list-query";
import { observedCells } from "@/lib/operations/list/observed-cells";
import { includesWords, observedKey, type SortKey, sortRows } from "@/lib/operations/list/order";
import { ownerWords, passesOwner } from "@/lib/operations/list/owner-filter";
import type { Again } from "@/lib/operations/list/page";

export const GROUP_SORTS = ["attention", "name", "records", "time"] as const;
type GroupSort = (typeof GROUP_SORTS)[number];

export const groupFilters = {
  q: Words,
  state: LagState.exactOptional(),
  sort: z.enum(GROUP_SORTS).default("attention"),
  order: Order.exactOptional(),
};

export interface GroupFilter {
  q: string;
  owner: string;
  state?: GroupSummary["state"];
  sort: GroupSort;
  order?: "asc" | "desc";
}

/** Worst first: unread records lost, stuck, behind its objective; what cannot be judged comes before what is well. */
const URGENCY: Record<(typeof LAG_STATES)[number], number> = {
  losing: 7,
  stuck: 6,
  behind: 5,
  unknown: 4,
  "no-members": 3,
  ok: 2,
  "no-commits": 1,
  "not-applicable": 0,
};

const KEYS: Record<GroupSort, (group: GroupSummary) => SortKey> = {
  // Within a state the longer backlog first; records are far fewer than 2^53 / 8.
  attention: (group) => URGENCY[group.state] + 1 - 1 / (1 + (observedKey(group.recordsBehind) ?? 0)),
  name: (group) => group.groupId,
  records: (group) => observedKey(group.recordsBehind),
  time: (group) => observedKey(group.timeBehindMs),
};

/** The groups a filter lets through, in its order: names from a, what is worst or largest first, unless said otherwise. */
export function filterGroups(fleet: FleetSnapshot, groups: Iterable<GroupSummary>, filter: GroupFilter): GroupSummary[] {
  const tenantGroups = new Set<string>();
  for (const { clusterId, groupId } of fleet.tenants.get(filter.owner)?.groups ?? []) tenantGroups.add(`${clusterId}/${groupId}`);
  const found = [...groups].filter(
    (row) =>
      includesWords(row.groupId, filter.q) &&
      (filter.state === undefined || row.state === filter.state) &&
      passesOwner(row.owner, filter.owner, () => tenantGroups.has(`${row.clusterId}/${row.groupId}`)),
  );
  const order = filter.order ?? (filter.sort === "name" ? "asc" : "desc");
  return sortRows(found, KEYS[filter.sort], order, (row) => `${row.groupId}\n${row.clusterId}`);
}

/** How a group is found again in a newer fleet: cluster ids hold no line feed, and what follows the first one is the id. */
export const groupAgain: Again<GroupSummary> = {
  keyOf: ({ clusterId, groupId }) => `${clusterId}\n${groupId}`,
  find: ({ groups }, key) => groups.get(key.slice(0, key.indexOf("\n")))?.get(key.slice(key.indexOf("\n") + 1)),
};

export function groupsCsv(filename: string, groups: Iterable<GroupSummary>): Csv {
  return { filename, head: HEAD, rows: groupCells(groups) };
}

const HEAD = [
  "cluster",
  "group",
  "type",
  "Kafka state",
  "has members",
  "owner",
  "topics",
  "state",
  "reason",
  "behind, records",
  "behind, records, source",
  "behind, ms",
  "behind, ms, source",
  "time behind / retention",
  "lost, records",
  "stuck since",
  "commits expire at",
  "objective, ms",
];

function* groupCells(groups: Iterable<GroupSummary>): Generator<CsvValue[]> {
  for (const group of groups) {
    yield [
      group.clusterId,
      group.groupId,
      group.type,
      group.kafkaState,
      group.hasMembers,
      ownerWords(group.owner),
      group.topics.join(" "),
      group.state,
      group.reason,
      ...observedCells(group.recordsBehind),
      ...observedCells(group.timeBehindMs),
      group.retentionShare,
      group.lostRecords,
      group.stuckSince,
      group.commitsExpireAt,
      group.objectiveMs,
    ];
  }
}
