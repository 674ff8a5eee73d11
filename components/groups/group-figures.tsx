import { ObservedMark } from "@/components/tenancy/source-mark";
import { Figure, Figures } from "@/components/ui/figures";
import { Time } from "@/components/ui/time";
import { formatCount, formatDuration, formatPercent, formatSpan } from "@/lib/domain/format";
import { isAtLeast, type Observed } from "@/lib/domain/observed";
import type { GroupDetail } from "@/lib/domain/views/lag";

function words(observed: Observed<number>, format: (value: number) => string): string {
  if (observed.source === "unavailable") return "unknown";
  return `${observed.atLeast ? "≥ " : ""}${format(observed.value)}`;
}

function reasonOf(observed: Observed<number>): string | null {
  return observed.source === "unavailable" ? observed.reason : null;
}

function commitWords({ stuckSince, hasMembers }: GroupDetail): string {
  if (stuckSince !== null) return "stuck";
  if (hasMembers === null) return "unknown";
  return hasMembers ? "move" : "no members";
}

/** How far behind, how near to loss, what is gone, and what happens to the commits. */
export function GroupFigures({ group }: { group: GroupDetail }) {
  const { recordsBehind, timeBehindMs, retentionShare, lostRecords, stuckSince, commitsExpireAt, objectiveMs } = group;
  const danger = group.state === "stuck" || group.state === "losing";
  const tone = danger ? "danger" : group.state === "behind" ? "warn" : null;
  return (
    <Figures>
      <Figure
        label="Records behind"
        mark={<ObservedMark observed={recordsBehind} />}
        value={words(recordsBehind, formatCount)}
        tone={tone}
        notes={[reasonOf(recordsBehind)]}
      />
      <Figure
        label="Time behind"
        mark={<ObservedMark observed={timeBehindMs} />}
        value={words(timeBehindMs, formatDuration)}
        tone={tone}
        notes={[reasonOf(timeBehindMs) ?? (objectiveMs === null ? "no objective" : `objective ${formatSpan(objectiveMs)}`)]}
      />
      <Figure
        label="Of retention"
        value={retentionShare === null ? "unknown" : `${isAtLeast(timeBehindMs) ? "≥ " : ""}${formatPercent(retentionShare)}`}
        notes={["at 100 % unread records go"]}
      />
      <Figure
        label="Lost"
        value={lostRecords === null ? "unknown" : formatCount(lostRecords)}
        tone={(lostRecords ?? 0) > 0 ? "danger" : null}
        notes={["committed below the start of the log"]}
      />
      <Figure
        label="Commits"
        value={commitWords(group)}
        tone={stuckSince === null ? null : "danger"}
        notes={[
          stuckSince === null ? null : (
            <>
              since <Time at={stuckSince} />
            </>
          ),
          commitsExpireAt === null ? null : (
            <>
              kept until <Time at={commitsExpireAt} />
            </>
          ),
        ]}
      />
    </Figures>
  );
}
