"use client";

import { ChevronDown, Clock } from "lucide-react";
import { lazy } from "react";
import { OnDemand } from "@/components/ui/on-demand";
import { formatClock } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import { useTimeRange } from "@/lib/client/address";
import { type HistoryRange, presetWords } from "@/lib/client/history-range";

const loadPopover = () => import("./range-popover").then((module) => ({ default: module.RangePopover }));
const RangePopover = lazy(loadPopover);

function Words({ range }: { range: HistoryRange }) {
  const now = useNow();
  if (range.kind === "preset") return presetWords(range.preset);
  if (now === 0) return "Custom";
  return `${formatClock(Date.parse(range.from), now)} to ${formatClock(Date.parse(range.to), now)}`;
}

/** The time range of every chart: kept in the address, followed from page to page. */
export function RangeSelect() {
  const [range, setRange] = useTimeRange();
  return (
    <OnDemand
      popup="dialog"
      preload={() => void loadPopover()}
      trigger={
        <button type="button" className="select">
          <Clock aria-hidden />
          <span className="visually-hidden">Time range:</span>
          <b>
            <Words range={range} />
          </b>
          <ChevronDown aria-hidden />
        </button>
      }
    >
      {(trigger) => <RangePopover trigger={trigger} range={range} onChange={setRange} />}
    </OnDemand>
  );
}
