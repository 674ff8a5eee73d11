import { z } from "zod";
import { ChangeDetail } from "@/lib/domain/views/changes";
import { defineOperation } from "@/lib/operations/define";
import { SUPPORT } from "@/lib/operations/roles";
import { changeDetail } from "./change-detail";

/** A change's number, as it stands in an address. */
export const ChangeId = z.coerce.number().int().positive().max(2_147_483_647);

export const getChange = defineOperation({
  name: "getChange",
  summary: "One change: what was asked, by whom and why, what followed, and what became of each operation.",
  method: "GET",
  path: "/api/changes/{changeId}",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ changeId: ChangeId }),
  output: ChangeDetail,
  act: (context, { changeId }) => changeDetail(context, changeId),
});
