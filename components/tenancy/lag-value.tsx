import { OctagonAlert, TriangleAlert } from "lucide-react";
import type { Tone } from "@/components/ui/state";
import { formatCountOf, formatDuration } from "@/lib/domain/format";
import type { LagHeadline } from "@/lib/domain/views/lag";

type HeadlineState = LagHeadline["state"];
type RowLag = Omit<LagHeadline, "clusterId">;

/** What a lag state is called, and how loud it is. */
export const LAG_WORDS: Record<HeadlineState, string> = {
  ok: "keeps up",
  behind: "past its objective",
  stuck: "stuck",
  losing: "losing unread records",
  "no-members": "no members",
  "no-commits": "no commits",
  "not-applicable": "no offsets",
  unknown: "unknown",
  none: "no groups",
  shared: "shared",
};

export function lagTone(state: HeadlineState): Tone | null {
  if (state === "stuck" || state === "losing") return "danger";
  return state === "behind" ? "warn" : null;
}

/** How far behind in time where that is known, else in records; null: neither is. */
export function lagAmount(lag: RowLag): string | null {
  if (lag.timeBehindMs !== null) return `${lag.timeAtLeast ? "≥ " : ""}${formatDuration(lag.timeBehindMs)}`;
  return lag.recordsBehind === null ? null : `${lag.recordsAtLeast ? "≥ " : ""}${formatCountOf(lag.recordsBehind, "record")}`;
}

function explain(lag: RowLag): string {
  const parts = [
    lag.groupId,
    LAG_WORDS[lag.state],
    lag.recordsBehind === null ? null : `${lag.recordsAtLeast ? "at least " : ""}${formatCountOf(lag.recordsBehind, "record")}`,
    lag.reason,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

/** How far the worst group is behind: in time where known, else in records; without a number, the reason. */
export function LagValue({ lag }: { lag: RowLag }) {
  const tone = lagTone(lag.state);
  const words = lagAmount(lag);
  const numeric = words !== null && ["ok", "behind", "stuck", "losing"].includes(lag.state);
  if (!numeric) {
    return (
      <span className="tone-faint" title={explain(lag)}>
        {LAG_WORDS[lag.state]}
      </span>
    );
  }
  const Icon = tone === "danger" ? OctagonAlert : TriangleAlert;
  return (
    <span className={tone === null ? undefined : `lag tone-${tone}`} title={explain(lag)}>
      {tone === null ? null : (
        <>
          <Icon aria-hidden className="lag-icon" />
          <span className="visually-hidden">{LAG_WORDS[lag.state]}: </span>
        </>
      )}
      {words}
    </span>
  );
}
