import { SectionHead } from "@/components/ui/section";
import type { Blindness } from "@/lib/domain/views/tenants";

/** What the console cannot see here, why, and what would change that. Nothing, when it sees everything. */
export function CannotSee({ lines }: { lines: readonly Blindness[] }) {
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="cannot-see">
      <SectionHead id="cannot-see" title="What we cannot see" />
      <ul className="cannot-see">
        {lines.map(({ what, reason, remedy, clusterId }) => (
          <li key={`${clusterId} ${what} ${reason}`}>
            <b>{what}</b>
            <span>
              <bdi>{reason}</bdi>
            </span>
            <span className="tone-muted">
              <bdi>{remedy}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
