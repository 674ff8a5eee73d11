import { known, roundForList, tableOf } from "./listed";
import type { Observed } from "./observed";
import type { Owner } from "./views/common";
import type { GroupPage, GroupSummary, ListedGroup, ListedNumber } from "./views/lag";

/** How many of the tenants that share a group a list names. */
const SHARED_NAMED = 10;

/** A page with its rows as a list shows them. */
export type ShownGroups = Pick<GroupPage, "page"> & { rows: GroupSummary[] };

/** Groups as they are sent: nothing that is not known, and times and texts that rows share once. */
export function packGroups(rows: readonly GroupSummary[]): Omit<GroupPage, "page"> {
  const times = tableOf();
  const texts = tableOf();
  const packNumber = (observed: Observed<number>): ListedNumber => {
    const at = times.indexOf(observed.at);
    if (observed.source === "unavailable") {
      return { source: "unavailable", reason: texts.indexOf(observed.reason), remedy: texts.indexOf(observed.remedy), at };
    }
    const { note, ...rest } = observed;
    return { ...rest, at, ...(note === undefined ? {} : { note: texts.indexOf(note) }) };
  };
  const packed = rows.map((group): ListedGroup => {
    const { hasMembers, owner, reason, recordsBehind, timeBehindMs, retentionShare, stuckSince, commitsExpireAt, objectiveMs, ...row } =
      group;
    return {
      ...row,
      ...known({ hasMembers, reason: reason === null ? null : texts.indexOf(reason) }),
      owner: fewNamed(owner),
      recordsBehind: packNumber(recordsBehind),
      timeBehindMs: packNumber(timeBehindMs),
      ...known({ retentionShare: roundForList(retentionShare), stuckSince, commitsExpireAt, objectiveMs }),
    };
  });
  return { times: times.values(), texts: texts.values(), rows: packed };
}

/** The way back: what is absent is null again, and every number has its time and texts. */
export function unpackGroups({ page, times, texts, rows }: GroupPage): ShownGroups {
  const unpackNumber = (listed: ListedNumber): Observed<number> => {
    const at = times[listed.at] ?? "";
    if (listed.source === "unavailable") {
      return { source: "unavailable", reason: texts[listed.reason] ?? "", remedy: texts[listed.remedy] ?? "", at };
    }
    const { note, ...rest } = listed;
    return { ...rest, at, ...(note === undefined ? {} : { note: texts[note] ?? "" }) };
  };
  const unpacked = rows.map(({ reason, recordsBehind, timeBehindMs, ...row }): GroupSummary => {
    const numbers = { recordsBehind: unpackNumber(recordsBehind), timeBehindMs: unpackNumber(timeBehindMs) };
    return { ...NOTHING_KNOWN, ...row, reason: reason === undefined ? null : (texts[reason] ?? null), ...numbers };
  });
  return { page, rows: unpacked };
}

const NOTHING_KNOWN = { hasMembers: null, retentionShare: null, stuckSince: null, commitsExpireAt: null, objectiveMs: null };

function fewNamed(owner: Owner): Owner {
  return owner.kind === "shared" ? { ...owner, tenantIds: owner.tenantIds.slice(0, SHARED_NAMED) } : owner;
}
