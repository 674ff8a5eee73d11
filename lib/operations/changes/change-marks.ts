import type { ChangeMark } from "@/lib/domain/views/common";
import type { Context } from "@/lib/operations/context";
import { type ChangeFilter, listChanges } from "@/lib/store";
import { changesWithin } from "./require-reach";

/** More marks than this make no chart clearer; the newest are shown. */
const MARKS_MAX = 100;

/** Changes through the console in a time, as marks of a chart, oldest first. Those that came to nothing change no line and are left out. */
export async function changeMarks(
  context: Context,
  about: Pick<ChangeFilter, "tenantId" | "clusterId">,
  fromMs: number,
  toMs: number,
): Promise<ChangeMark[]> {
  const range = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
  const { rows } = await listChanges(context.store, { ...about, ...range, ...changesWithin(context) }, { limit: MARKS_MAX });
  return rows
    .filter(({ counts }) => (counts.applied ?? 0) + (counts.unverified ?? 0) + (counts.started ?? 0) > 0)
    .map(({ id, title, actor, at }) => ({ id, title, actor, at }))
    .toReversed();
}
