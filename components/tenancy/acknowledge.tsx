"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { EyeOff } from "lucide-react";
import { lazy } from "react";
import { Button } from "@/components/ui/button";
import { OnDemand } from "@/components/ui/on-demand";
import { Time } from "@/components/ui/time";
import { withdrawAcknowledgement } from "@/lib/client/conditions";
import type { ConditionView } from "@/lib/domain/views/common";
import { useIsOperator } from "./use-is-operator";

const loadPopover = () => import("./acknowledge-popover").then((module) => ({ default: module.AcknowledgePopover }));
const AcknowledgePopover = lazy(loadPopover);

/** For operators: says that a condition is seen, until when and why. */
export function Acknowledge({ condition, about }: { condition: ConditionView; about: string }) {
  if (!useIsOperator()) return null;
  return (
    <OnDemand
      popup="dialog"
      preload={() => void loadPopover()}
      trigger={
        <Button kind="quiet" square aria-label={`Acknowledge ${condition.label.toLowerCase()} of ${about}`} data-tip="Acknowledge">
          <EyeOff aria-hidden />
        </Button>
      }
    >
      {(trigger) => <AcknowledgePopover trigger={trigger} condition={condition} />}
    </OnDemand>
  );
}

/** Who has seen a condition, until when and why, and for operators the way back. */
export function Acknowledged({ condition, about }: { condition: ConditionView; about: string }) {
  const withdrawal = useMutation(withdrawAcknowledgement(useQueryClient()));
  const isOperator = useIsOperator();
  const { acknowledged } = condition;
  if (acknowledged === null) return null;
  return (
    <span className="acknowledged tone-muted">
      <span>
        Acknowledged by <bdi>{acknowledged.by}</bdi> until <Time at={acknowledged.until} />: <bdi>{acknowledged.reason}</bdi>
      </span>
      {isOperator ? (
        <Button
          kind="quiet"
          disabled={withdrawal.isPending}
          onClick={() => withdrawal.mutate(condition.id)}
          aria-label={`Withdraw the acknowledgement of ${condition.label.toLowerCase()} of ${about}`}
        >
          Withdraw
        </Button>
      ) : null}
      {withdrawal.error ? (
        <span className="tone-danger" role="alert">
          {withdrawal.error.message}
        </span>
      ) : null}
    </span>
  );
}
