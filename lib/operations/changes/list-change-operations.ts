import { z } from "zod";
import { OperationState } from "@/lib/domain/change/operation";
import { OperationPage } from "@/lib/domain/views/changes";
import { defineOperation } from "@/lib/operations/define";
import { found } from "@/lib/operations/find";
import { pageQuery } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";
import { listOperations, readChangeHead } from "@/lib/store";
import { operationView } from "./change-detail";
import { ChangeId } from "./get-change";
import { requireChangeWithin } from "./require-reach";

export const listChangeOperations = defineOperation({
  name: "listChangeOperations",
  summary: "The operations of a change in order, by state or unit; the cursor is the last one's index.",
  method: "GET",
  path: "/api/changes/{changeId}/operations",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({
    changeId: ChangeId,
    state: OperationState.exactOptional(),
    unit: z.string().max(600).exactOptional(),
    ...pageQuery(),
    cursor: z.coerce.number().int().min(0).max(2_147_483_647).exactOptional(),
  }),
  output: OperationPage,
  act: async (context, { changeId, state, unit, cursor, limit }) => {
    const head = found((await readChangeHead(context.store, changeId)) ?? undefined, `There is no change ${changeId}.`);
    requireChangeWithin(context, head);
    const { counts } = head;
    const rows = await listOperations(context.store, changeId, {
      ...(state === undefined ? {} : { state }),
      ...(unit === undefined ? {} : { unit }),
      ...(cursor === undefined ? {} : { afterIndex: cursor }),
      limit: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const nextCursor = rows.length > limit && last !== undefined ? String(last.index) : null;
    const at = context.now().toISOString();
    const total = state === undefined ? Object.values(counts).reduce((sum, count) => sum + count, 0) : (counts[state] ?? 0);
    return { page: { total, nextCursor, version: at, at }, rows: shown.map(operationView) };
  },
});
