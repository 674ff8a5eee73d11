import type { PlanView } from "@/lib/domain/change/plan";
import type { ChangeRequest } from "@/lib/domain/change/request";
import { ConfirmPanel } from "./confirm-panel";
import { PatchPanel } from "./patch-panel";
import { RolloutFields } from "./rollout-fields";
import type { useApply } from "./use-apply";
import type { Planned } from "./use-plan";
import type { useRollout } from "./use-rollout";

interface PlanDecisionProps {
  /** null: nothing is given. */
  request: ChangeRequest | null;
  plan: PlanView | undefined;
  planned: Planned;
  rollout: ReturnType<typeof useRollout>;
  applying: ReturnType<typeof useApply>;
  /** The page to go back to; null: there is none. */
  back: string | null;
  onCancel: () => void;
}

/** How a plan goes forward, the text to put elsewhere, and the reason and the button. */
export function PlanDecision({ request, plan, planned, rollout, applying, back, onCancel }: PlanDecisionProps) {
  const given = request !== null;
  return (
    <>
      {given ? <RolloutFields rollout={rollout} /> : null}
      {given && plan?.patch ? <PatchPanel patch={plan.patch} /> : null}
      {given && plan?.patch?.whole ? null : (
        <ConfirmPanel
          plan={given ? plan : undefined}
          current={planned.current}
          validating={planned.validating}
          applying={applying}
          onApply={() => given && plan !== undefined && applying.apply(request, plan)}
          back={back}
          blocked={rollout.problem}
          onCancel={onCancel}
        />
      )}
    </>
  );
}
