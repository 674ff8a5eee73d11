import { z } from "zod";
import { AUDIT_KINDS, AUDIT_OUTCOMES } from "@/lib/domain/people/audit";
import { Time } from "@/lib/domain/views/common";
import { AuditPage } from "@/lib/domain/views/people";
import type { Context } from "@/lib/operations/context";
import { type CsvValue, defineOperation } from "@/lib/operations/define";
import { pageQuery, Words } from "@/lib/operations/list/list-query";
import { PEOPLE } from "@/lib/operations/roles";
import { type AuditFilter, listAudit as listStored } from "@/lib/store";

const Filter = z.strictObject({
  kind: z.enum(AUDIT_KINDS).exactOptional(),
  outcome: z.enum(AUDIT_OUTCOMES).exactOptional(),
  q: Words,
  from: Time.exactOptional(),
  to: Time.exactOptional(),
  ...pageQuery(),
});
type Filter = z.output<typeof Filter>;

const CSV_PAGE = 500;
const HEAD = ["when", "kind", "operation", "about", "outcome", "code", "who", "who, kind", "who, id", "role", "address", "request"];

function storedFilter({ kind, outcome, q, from, to }: Filter): AuditFilter {
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(q === "" ? {} : { words: q }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** Everything the filter finds, page by page. */
async function allRows({ store }: Context, filter: Filter): Promise<CsvValue[][]> {
  const rows: CsvValue[][] = [];
  let cursor: string | null = null;
  do {
    const page = await listStored(store, storedFilter(filter), { limit: CSV_PAGE, cursor });
    for (const { at, kind, action, subject, outcome, code, actor, actorKind, actorId, role, address, correlationId } of page.rows)
      rows.push([at, kind, action, subject, outcome, code, actor, actorKind, actorId, role, address, correlationId]);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

export const listAudit = defineOperation({
  name: "listAudit",
  summary: "Who did what, from where, and what it came to: sign-ins, refusals, changes, people, exports, looks at records. Newest first.",
  method: "GET",
  path: "/api/audit",
  roles: PEOPLE,
  input: Filter,
  output: AuditPage,
  csv: async (context, filter) => ({ filename: "audit", head: HEAD, rows: await allRows(context, filter) }),
  act: async (context, filter) => {
    const { limit, cursor } = filter;
    const { rows, total, nextCursor } = await listStored(context.store, storedFilter(filter), { limit, cursor: cursor ?? null });
    const at = context.now().toISOString();
    return { page: { total, nextCursor, version: at, at }, rows };
  },
});
