import { State } from "@/components/ui/state";
import { Time } from "@/components/ui/time";
import type { ConditionView } from "@/lib/domain/views/common";

/** What needs to be known, worst first, each with its sentence and since when it is so. */
export function ConditionList({ conditions }: { conditions: readonly ConditionView[] }) {
  return (
    <ul className="conditions">
      {conditions.map((condition) => (
        <li key={condition.id}>
          <State tone={condition.severity}>{condition.label}</State>
          <span className="condition-sentence">
            <bdi>{condition.sentence}</bdi>
          </span>
          <span className="condition-since tone-muted">
            since <Time at={condition.since} />
          </span>
        </li>
      ))}
    </ul>
  );
}
