import { isFinished } from "@/lib/domain/change/operation";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import type { ChangeDetail } from "@/lib/domain/views/changes";
import { countList, OPERATION_WORDS, totalOf } from "./change-words";

/** How much of a change is done, as a bar and in words. */
export function ChangeProgress({ change }: { change: ChangeDetail }) {
  const counts = countList(change.operations);
  const total = totalOf(change.operations);
  if (total === 0) return null;
  const open = (change.operations.pending ?? 0) + (change.operations.started ?? 0);
  const done = total - open;
  const isWhole = change.state === "applied";
  return (
    <section className="change-progress" aria-label="Progress">
      {isWhole ? null : (
        <div
          className="progress"
          role="progressbar"
          aria-label="Operations done"
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={done}
          aria-valuetext={counts.map(({ words }) => words).join(", ")}
        >
          {counts.map(({ state, count }) => (
            <i key={state} className={`progress-${OPERATION_WORDS[state].tone ?? "none"}`} style={{ flexGrow: count }} />
          ))}
        </div>
      )}
      <p>
        {isFinished(change.state) ? formatCountOf(total, "operation") : `${formatCount(done)} of ${formatCountOf(total, "operation")} done`}
        {change.units > 1 ? unitWords(change) : ""}
        {": "}
        <span className="tone-muted">{counts.map(({ words }) => words).join(", ")}</span>
      </p>
    </section>
  );
}

function unitWords({ units, unitList }: ChangeDetail): string {
  const areTenants = unitList.every(({ unit }) => unit.startsWith("tenant:"));
  return areTenants ? ` for ${formatCountOf(units, "tenant")}` : ` in ${formatCountOf(units, "part")}`;
}
