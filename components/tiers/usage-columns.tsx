import { Clipped } from "@/components/ui/clipped";
import { Skeleton } from "@/components/ui/skeleton";
import type { Column } from "@/components/ui/table";
import { formatClock } from "@/components/ui/time";
import { moveSteps } from "@/lib/domain/advisor/move-steps";
import { formatDollars } from "@/lib/domain/cost/cost-words";
import { formatCount, formatCountOf, formatPercent } from "@/lib/domain/format";
import type { Model } from "@/lib/domain/isolation";
import type { MinutesOverView, ReachView, UsageRow } from "@/lib/domain/views/usage";

export function Share({ share, direction }: Pick<UsageRow, "share" | "direction">) {
  if (share === null) return <span className="tone-faint">unknown</span>;
  const tone = share >= 0.8 ? "tone-warn" : share < 0.15 ? "tone-info" : undefined;
  return (
    <span className={tone}>
      {formatPercent(share)} <span className="tone-faint">{direction}</span>
    </span>
  );
}

function day(at: string): string {
  return new Date(at).toLocaleDateString(undefined, { day: "numeric", month: "short", year: "numeric" });
}

/** When the promise is reached, with what is uncertain about it. */
export function Reach({ reach }: { reach: ReachView }) {
  if (reach.kind === "reached") return <span className="tone-warn">reached</span>;
  if (reach.kind === "none") {
    return (
      <span className="tone-faint" title={reach.because}>
        none: {reach.because}
      </span>
    );
  }
  return (
    <span title={formatClock(Date.parse(reach.at), Date.parse(reach.at))}>
      {day(reach.at)}
      <span className="sub">
        {day(reach.earliest)} to {reach.latest === null ? "never" : day(reach.latest)}
      </span>
    </span>
  );
}

export function Suggestion({
  suggestion: { tierId, reason, perMonth, moves, over },
  names,
}: Pick<UsageRow, "suggestion"> & { names: ReadonlyMap<string, string> }) {
  if (tierId === null) return <span className="tone-faint">stay: {reason}</span>;
  const name = names.get(tierId) ?? tierId;
  const isLower = perMonth !== null && perMonth < 0;
  return (
    <span>
      <bdi>{name}</bdi>
      {perMonth === null ? null : ` ${perMonth > 0 ? "+" : "−"}${formatCount(Math.abs(perMonth))}`}
      <span className="sub">{reason}</span>
      {isLower ? (
        <span className="sub" title={OVER_TITLE}>
          above it in 90 days: <Over over={over} />
        </span>
      ) : null}
      {moves === null ? null : <Steps {...moves} />}
    </span>
  );
}

const OVER_TITLE =
  "By hours, which keep their sum and their highest minute: so many minutes it was at least, and at most. While it was throttled it wanted more than it used.";

/** "≥ 12 of 129,600 min, at most 40". */
export function Over({ over }: { over: MinutesOverView | null | "waiting" }) {
  if (over === "waiting") return <Skeleton width={80} />;
  if (over === null || over.minutesSeen === 0) return <span className="tone-faint">not known</span>;
  const { atLeast, atMost, minutesSeen } = over;
  const bounds = atMost > atLeast ? `≥ ${formatCount(atLeast)}` : formatCount(atLeast);
  return (
    <span className={atLeast > 0 ? "tone-warn" : undefined}>
      {bounds} of {formatCount(minutesSeen)} min{atMost > atLeast ? `, at most ${formatCount(atMost)}` : ""}
    </span>
  );
}

/** What moving it to another model involves, in order. */
function Steps({ from, to }: { from: Model; to: Model }) {
  const steps = moveSteps(from, to) ?? [];
  return (
    <details className="move-steps above">
      <summary>{formatCountOf(steps.length, "step")} to move it</summary>
      <ol>
        {steps.map(({ step, because }) => (
          <li key={step} title={because}>
            {step}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Growth({ growth }: Pick<UsageRow, "growth">) {
  if (growth === null) return <span className="tone-faint">fewer than 7 days</span>;
  const sign = growth.perMonth > 0 ? "+" : growth.perMonth < 0 ? "−" : "";
  return `${sign}${formatPercent(Math.abs(growth.perMonth))} ±${formatPercent(growth.error)}`;
}

export function usageColumns(names: ReadonlyMap<string, string>): Column<UsageRow>[] {
  return [
    {
      key: "name",
      head: "Tenant",
      className: "name",
      cell: ({ tenantName }) => <Clipped text={tenantName} />,
    },
    { key: "share", head: "Of promise", align: "right", cell: (row) => <Share {...row} /> },
    { key: "growth", head: "Growth a month", align: "right", cell: (row) => <Growth {...row} /> },
    { key: "reach", head: "Reaches its promise", cell: ({ reach }) => <Reach reach={reach} /> },
    {
      key: "suggestion",
      head: "Suggested tier",
      className: "wraps",
      cell: ({ suggestion }) => <Suggestion suggestion={suggestion} names={names} />,
    },
    {
      key: "cost",
      head: "Cost a month",
      align: "right",
      cell: ({ costPerMonth, costAtLeast }) =>
        costPerMonth === null ? <span className="tone-faint">unknown</span> : `${costAtLeast ? "≥ " : ""}${formatDollars(costPerMonth)}`,
    },
    {
      key: "price",
      head: "Price a month",
      align: "right",
      cell: ({ pricePerMonth }) => (pricePerMonth === null ? <span className="tone-faint">none</span> : formatCount(pricePerMonth)),
    },
  ];
}
