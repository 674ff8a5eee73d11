import type { FleetSnapshot } from "@/lib/domain/fleet";
import { type UsageLines, type UsageOf, usageOfAll } from "@/lib/domain/usage/usage-rows";
import type { Context } from "@/lib/operations/context";
import { pauses } from "@/lib/operations/pauses";
import { resolveRange } from "@/lib/operations/time-range";
import { usageLines } from "./usage-lines";

type Range = Parameters<typeof resolveRange>[0];

/** Everybody's use of their promise over a range, as the fleet is declared now. */
export async function readUsage(context: Context, range: Range): Promise<{ fleet: FleetSnapshot; all: UsageOf[]; lines: UsageLines }> {
  const { fromMs, toMs } = resolveRange(range, context.now());
  const lines = await usageLines(context, fromMs, toMs);
  const fleet = context.fleet();
  const steps = usageOfAll(fleet, lines);
  const pause = pauses();
  for (;;) {
    const step = steps.next();
    if (step.done) return { fleet, all: step.value, lines };
    await pause();
  }
}
