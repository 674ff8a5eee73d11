"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pause, Play, Undo2, X } from "lucide-react";
import { useIsOperator } from "@/components/tenancy/use-is-operator";
import { Button } from "@/components/ui/button";
import { wishForChange } from "@/lib/client/changes";
import { isFinished } from "@/lib/domain/change/operation";
import type { ChangeDetail } from "@/lib/domain/views/changes";

interface ChangeActionsProps {
  change: ChangeDetail;
  reverting: boolean;
  onRevert: () => void;
}

/** What can still be done with a change: while it is under way pause, resume and cancel it, afterwards take it back. */
export function ChangeActions({ change, reverting, onRevert }: ChangeActionsProps) {
  const wish = useMutation(wishForChange(useQueryClient(), change.id));
  const isOperator = useIsOperator();
  const { state } = change;
  const stands = { disabled: wish.isPending || !isOperator };
  return (
    <>
      {wish.error === null ? null : (
        <span className="tone-danger action-error" role="alert">
          {wish.error.message}
        </span>
      )}
      {change.pausable && (state === "running" || state === "waiting") ? (
        <Button {...stands} onClick={() => wish.mutate("pause")}>
          <Pause aria-hidden />
          Pause
        </Button>
      ) : null}
      {state === "paused" ? (
        <Button {...stands} kind="primary" onClick={() => wish.mutate("resume")}>
          <Play aria-hidden />
          Resume
        </Button>
      ) : null}
      {isFinished(state) || state === "cancelling" ? null : (
        <Button {...stands} onClick={() => wish.mutate("cancel")}>
          <X aria-hidden />
          Cancel the rest
        </Button>
      )}
      {isFinished(state) ? (
        <Button aria-expanded={reverting} disabled={!change.revert.possible} title={change.revert.reason ?? undefined} onClick={onRevert}>
          <Undo2 aria-hidden />
          Revert
        </Button>
      ) : null}
    </>
  );
}
