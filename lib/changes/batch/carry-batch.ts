import { clusterOf } from "@/lib/domain/change/operation";
import type { StoredUnit } from "@/lib/store";
import { allSettled } from "./all-settled";
import { type CarryOptions, carryGroup } from "./carry-group";

/**
 * Carries units out together: the intent is kept, what stands is compared with the plan, then each phase is done for all of them. Units
 * on other clusters do not wait for each other. Answers the units that failed or met a value that somebody else had changed.
 *
 * Rejects when the store does not answer or the tenure ends. Whoever then asks for the units anew goes on with them: everything that may
 * have been written is `started`, and is read first.
 */
export async function carryBatch(units: readonly StoredUnit[], options: CarryOptions): Promise<ReadonlySet<string>> {
  const end = options.hands.metrics.batch();
  const broken = new Set<string>();
  try {
    await allSettled(byClusters(units).map((group) => carryGroup(group, options, broken)));
  } finally {
    end();
  }
  return broken;
}

/** Units that concern the same clusters. */
function byClusters(units: readonly StoredUnit[]): StoredUnit[][] {
  const groups = new Map<string, StoredUnit[]>();
  for (const unit of units) {
    const clusters = new Set(unit.operations.map(({ target }) => clusterOf(target) ?? ""));
    const name = [...clusters].sort().join(" ");
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [unit]);
    else group.push(unit);
  }
  return [...groups.values()];
}
