import type { ChartMark } from "@/components/charts/chart-marks";
import { formatClock } from "@/components/ui/time";
import { paths } from "@/lib/domain/paths";
import type { ChangeMark } from "@/lib/domain/views/common";

/** Changes made through the console, as marks of a chart that lead to them: "Set retention to 3 days on 4 topics, by ada, 14:02:10". */
export function changeMarks(changes: readonly ChangeMark[], nowMs: number, carry: (href: string) => string): ChartMark[] {
  return changes.map(({ id, title, actor, at }) => ({
    key: `change ${id}`,
    fromMs: Date.parse(at),
    toMs: Date.parse(at),
    words: `${title}, by ${actor}, ${formatClock(Date.parse(at), nowMs)}`,
    href: carry(paths.change(id)),
  }));
}
