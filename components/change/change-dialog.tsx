"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useCarry } from "@/lib/client/address";
import { changeDetail } from "@/lib/client/changes";
import type { ChangeRequest } from "@/lib/domain/change/request";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import { WhatHappens } from "./change-form";
import { ChangeProgress } from "./change-progress";
import { ChangeStateWord } from "./change-words";
import { OperationTable } from "./operation-table";
import { PlanDecision } from "./plan-decision";
import { Refusals } from "./plan-notes";
import { useApply } from "./use-apply";
import { usePlan } from "./use-plan";
import { useRenewal } from "./use-renewal";
import { useRollout } from "./use-rollout";

interface ChangeDialogProps {
  title: string;
  /** What is planned as the dialog opens; null: nothing is given yet. */
  request: ChangeRequest | null;
  /** Names what a person gives, where the request itself changes while the dialog is open. */
  draftKey?: string;
  /** What can be given in the dialog. */
  children?: ReactNode;
  onClose: () => void;
}

/** A change of one step, without a page of its own: its consequences and operations, the button, and then what became of it. */
export function ChangeDialog({ title, request, draftKey = JSON.stringify(request), children, onClose }: ChangeDialogProps) {
  const [changeId, setChangeId] = useState<number | null>(null);
  return (
    <Dialog open onClose={onClose} title={title} className="dialog change-dialog">
      {changeId === null ? (
        <Planning request={request} draftKey={`dialog ${draftKey}`} onStored={setChangeId} onClose={onClose}>
          {children}
        </Planning>
      ) : (
        <ChangeOutcome changeId={changeId} onClose={onClose} />
      )}
    </Dialog>
  );
}

type PlanningProps = Pick<ChangeDialogProps, "request" | "children" | "onClose"> & {
  draftKey: string;
  onStored: (changeId: number) => void;
};

function Planning({ request, draftKey, children, onStored, onClose }: PlanningProps) {
  const given = request !== null;
  const planned = usePlan(request, given);
  const { plan } = planned;
  const rollout = useRollout(draftKey, given ? plan : undefined);
  const applying = useApply({
    draftKey,
    reason: "",
    rollout: rollout.options,
    onStored: ({ id }) => {
      rollout.draft.drop();
      onStored(id);
    },
    onMoved: planned.readAgain,
    stays: true,
  });
  return (
    <>
      {plan === undefined || !given ? null : <Refusals refusals={plan.refusals} />}
      {children}
      {given ? <WhatHappens planned={planned} given asked onInstead={undefined} /> : null}
      {given && plan !== undefined && plan.operations.length > 0 ? (
        <details className="dialog-operations">
          <summary>{formatCountOf(plan.counts.operations, "operation")}</summary>
          <OperationTable operations={plan.operations} total={plan.counts.operations} caption="Operations of this change" />
        </details>
      ) : null}
      <PlanDecision
        request={request}
        plan={plan}
        planned={planned}
        rollout={rollout}
        applying={applying}
        back={null}
        onCancel={() => {
          applying.confirmation.drop();
          onClose();
        }}
      />
    </>
  );
}

/** What became of a change that was applied here, while it happens; its own page has the rest. */
export function ChangeOutcome({ changeId, onClose }: { changeId: number; onClose: () => void }) {
  const { data: change } = useQuery(changeDetail(changeId));
  useRenewal(change);
  const carry = useCarry();
  return (
    <div className="change-outcome" role="status">
      {change === undefined ? null : (
        <>
          <p>
            <ChangeStateWord state={change.state} /> <bdi>{change.title}</bdi>
          </p>
          {change.message === null ? null : (
            <p className="tone-muted">
              <bdi>{change.message}</bdi>
            </p>
          )}
          <ChangeProgress change={change} />
        </>
      )}
      <div className="confirm-buttons">
        <Button kind="primary" onClick={onClose}>
          Close
        </Button>
        <Link className="button" prefetch={false} href={carry(paths.change(changeId))}>
          Open change {changeId}
        </Link>
      </div>
    </div>
  );
}
