import { formatDuration } from "@/lib/domain/format";
import type { CaughtUp } from "@/lib/domain/views/lag";

/** When a group has read what waits, and how that was worked out. */
export function CaughtUpWords({ inMs, atLeast, arithmetic }: Pick<CaughtUp, "inMs" | "atLeast" | "arithmetic">) {
  return (
    <>
      {inMs === null ? null : (
        <b>
          {atLeast ? "≥ " : ""}
          {formatDuration(inMs)}
        </b>
      )}{" "}
      <span className="tone-muted">{arithmetic}</span>
    </>
  );
}
