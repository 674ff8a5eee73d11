import { z } from "zod";
import { OperationState } from "@/lib/domain/change/operation";
import { UnitPage } from "@/lib/domain/views/changes";
import { defineOperation } from "@/lib/operations/define";
import { found } from "@/lib/operations/find";
import { pageQuery } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";
import { countUnits, listUnits, readChangeHead } from "@/lib/store";
import { unitView } from "./change-detail";
import { ChangeId } from "./get-change";
import { requireChangeWithin } from "./require-reach";

export const listChangeUnits = defineOperation({
  name: "listChangeUnits",
  summary:
    "The tenants or resources of a change in order, each of which succeeds or fails by itself, by what they have come to as a whole; the cursor is the last one's unit.",
  method: "GET",
  path: "/api/changes/{changeId}/units",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({
    changeId: ChangeId,
    state: OperationState.exactOptional(),
    ...pageQuery(),
    cursor: z.string().max(600).exactOptional(),
  }),
  output: UnitPage,
  act: async (context, { changeId, state, cursor, limit }) => {
    const head = found((await readChangeHead(context.store, changeId)) ?? undefined, `There is no change ${changeId}.`);
    requireChangeWithin(context, head);
    const query = { ...(state === undefined ? {} : { state }), ...(cursor === undefined ? {} : { afterUnit: cursor }) };
    const [rows, counts] = await Promise.all([
      listUnits(context.store, changeId, { ...query, limit: limit + 1 }),
      state === undefined ? null : countUnits(context.store, changeId),
    ]);
    const fleet = context.fleet();
    const shown = rows.slice(0, limit);
    const nextCursor = rows.length > limit ? (shown.at(-1)?.unit ?? null) : null;
    const total = state === undefined || counts === null ? head.units : (counts[state] ?? 0);
    const at = context.now().toISOString();
    return { page: { total, nextCursor, version: at, at }, rows: shown.map((unit) => unitView(unit, fleet)) };
  },
});
