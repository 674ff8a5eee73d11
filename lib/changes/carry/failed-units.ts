import type { ChangeStore, OpenChange } from "@/lib/changes/change-store";

const PAGE = 1_000;

/** How many units of a rollout with a limit have failed; a conflict is a failure of its unit. */
export async function countFailedUnits(store: ChangeStore, { id, rollout, counts }: OpenChange): Promise<number> {
  if (rollout?.stopAfterFailures === undefined) return 0;
  const units = new Set<string>();
  for (const state of ["failed", "conflict"] as const) {
    let afterIndex: number | undefined;
    for (let left = counts[state] ?? 0; left > 0; left -= PAGE) {
      const page = await store.listOperations(id, { state, limit: PAGE, ...(afterIndex === undefined ? {} : { afterIndex }) });
      for (const { unit } of page) units.add(unit);
      afterIndex = page.at(-1)?.index;
    }
  }
  return units.size;
}
