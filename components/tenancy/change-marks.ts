import type { ChartMark } from "@/components/charts/chart-marks";
import { formatClock } from "@/components/ui/time";
import { paths } from "@/lib/domain/paths";
import type { ChangeMark } from "@/lib/domain/views/common";

/** Marks that are closer than this part of the axis cannot be told apart by a finger, whose target is 24 px wide: they stand as one. */
const APART_SHARE = 0.1;

interface Axis {
  fromMs: number;
  toMs: number;
}

/**
 * Changes made through the console, oldest first, as marks of a chart that lead to them: "Set retention to 3 days on 4 topics, by ada,
 * 14:02:10". Several close together are one mark that leads to the record of all.
 */
export function changeMarks(changes: readonly ChangeMark[], { fromMs, toMs }: Axis, carry: (href: string) => string): ChartMark[] {
  const groups: ChangeMark[][] = [];
  for (const change of changes) {
    const group = groups.at(-1);
    const firstMs = Date.parse(group?.[0]?.at ?? "");
    if (group !== undefined && Date.parse(change.at) - firstMs < (toMs - fromMs) * APART_SHARE) group.push(change);
    else groups.push([change]);
  }
  return groups.flatMap((group) => {
    const last = group.at(-1);
    return last === undefined ? [] : [markOf(group, last, toMs, carry)];
  });
}

function markOf(
  group: readonly ChangeMark[],
  { id, title, actor, at }: ChangeMark,
  nowMs: number,
  carry: (href: string) => string,
): ChartMark {
  const words = `${title}, by ${actor}, ${formatClock(Date.parse(at), nowMs)}`;
  const several = group.length > 1;
  return {
    key: `change ${id}`,
    fromMs: Date.parse(group[0]?.at ?? at),
    toMs: Date.parse(at),
    words: several ? `${group.length} changes, the last: ${words}` : words,
    href: carry(several ? paths.changes() : paths.change(id)),
  };
}
