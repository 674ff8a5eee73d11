import { z } from "zod";
import { CHANGE_STATES, ChangeState, OPERATION_STATES } from "@/lib/domain/change/operation";
import { ChangePage, type ChangeSummary } from "@/lib/domain/views/changes";
import { Time } from "@/lib/domain/views/common";
import type { Context } from "@/lib/operations/context";
import { type CsvValue, defineOperation } from "@/lib/operations/define";
import { Id, pageQuery, Words } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";
import { type ChangeFilter, listChanges as listStored } from "@/lib/store";
import { changeSummary } from "./change-detail";
import { changesWithin } from "./require-reach";

const OPEN = ["waiting", "running", "paused", "cancelling"] as const;

const Filter = z.strictObject({
  tenant: Id.exactOptional(),
  cluster: Id.exactOptional(),
  kind: z.string().max(40).exactOptional(),
  /** `open`: not finished. */
  state: z.union([ChangeState, z.literal("open")]).exactOptional(),
  actor: z.string().max(200).exactOptional(),
  q: Words,
  from: Time.exactOptional(),
  to: Time.exactOptional(),
  ...pageQuery(),
});
type Filter = z.output<typeof Filter>;

const CSV_PAGE = 500;
const HEAD = [
  "change",
  "kind",
  "title",
  "state",
  "message",
  "who",
  "why",
  "when",
  "finished",
  "units",
  "tenants",
  "clusters",
  "takes back change",
  "taken back by",
  ...OPERATION_STATES.map((state) => `operations ${state}`),
];

function storedFilter(context: Context, { tenant, cluster, kind, state, actor, q, from, to }: Filter): ChangeFilter {
  return {
    ...changesWithin(context),
    ...(tenant === undefined ? {} : { tenantId: tenant }),
    ...(cluster === undefined ? {} : { clusterId: cluster }),
    ...(kind === undefined ? {} : { kind }),
    ...(state === undefined ? {} : { states: state === "open" ? [...OPEN] : [state] }),
    ...(actor === undefined ? {} : { actor }),
    ...(q === "" ? {} : { words: q }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

function cells(change: ChangeSummary): CsvValue[] {
  const { id, kind, title, state, message, actor, reason, at, finishedAt, units, tenantCount, clusterIds, revertsId, revertedBy } = change;
  const counts = OPERATION_STATES.map((one) => change.operations[one] ?? 0);
  const links = [clusterIds.join(" "), revertsId, revertedBy.join(" ")];
  return [id, kind, title, state, message, actor, reason, at, finishedAt, units, tenantCount, ...links, ...counts];
}

/** Everything the filter finds, page by page. */
async function allRows(context: Context, filter: Filter): Promise<CsvValue[][]> {
  const rows: CsvValue[][] = [];
  let cursor: string | null = null;
  do {
    const page = await listStored(context.store, storedFilter(context, filter), {
      limit: CSV_PAGE,
      ...(cursor === null ? {} : { cursor }),
    });
    rows.push(...page.rows.map((row) => cells(changeSummary(row))));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

export const listChanges = defineOperation({
  name: "listChanges",
  summary: `Changes, newest first: who, what, when, why and with which outcome. States: ${CHANGE_STATES.join(", ")}; "open" is those not finished.`,
  method: "GET",
  path: "/api/changes",
  roles: SUPPORT,
  limits: "within",
  input: Filter,
  output: ChangePage,
  csv: async (context, filter) => ({ filename: "changes", head: HEAD, rows: await allRows(context, filter) }),
  act: async (context, filter) => {
    const { cursor, limit } = filter;
    const page = await listStored(context.store, storedFilter(context, filter), { limit, ...(cursor === undefined ? {} : { cursor }) });
    const at = context.now().toISOString();
    return { page: { total: page.total, nextCursor: page.nextCursor, version: at, at }, rows: page.rows.map(changeSummary) };
  },
});
