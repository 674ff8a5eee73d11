"use client";

import { SectionHead } from "@/components/ui/section";
import { paths } from "@/lib/domain/paths";
import type { ChangeDetail } from "@/lib/domain/views/changes";
import { ChangeForm } from "./change-form";

/** Nothing is typed here but what the frame keeps itself; its address ends with the page that follows. */
const NOTHING = () => undefined;

/** The plan that takes a change back, as a new change with a reason of its own. */
export function RevertForm({ change }: { change: ChangeDetail }) {
  const back = paths.change(change.id);
  return (
    <section className="revert" aria-labelledby="revert">
      <SectionHead id="revert" title="Take it back" note="as a new change; this one stays on the record as it is" />
      <ChangeForm
        draftKey={`${back} revert`}
        request={{ kind: "revert", changeId: change.id }}
        baseline={null}
        inputs={() =>
          change.revert.lost.length === 0 ? null : (
            <ul className="lost">
              {change.revert.lost.map((line) => (
                <li key={line}>
                  <bdi>{line}</bdi>
                </li>
              ))}
            </ul>
          )
        }
        back={back}
        onDone={NOTHING}
      />
    </section>
  );
}
