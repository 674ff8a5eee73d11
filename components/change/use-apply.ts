"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCarry } from "@/lib/client/address";
import { applyChange } from "@/lib/client/changes";
import type { PlanView } from "@/lib/domain/change/plan";
import type { ChangeRequest, RolloutOptions } from "@/lib/domain/change/request";
import { AppError } from "@/lib/domain/errors";
import { paths } from "@/lib/domain/paths";
import type { ChangeDetail } from "@/lib/domain/views/changes";
import { newKey } from "./new-key";
import { type Draft, useDraft } from "./use-draft";

/** What a person gives beside the values: why, and the name of what loses data. */
export interface Confirmation {
  reason: string;
  typed: string;
  /** Made when this form first applies, and kept with the draft: a double click or a reload cannot apply twice. */
  key: string;
  /** What was last sent with the key. Another request needs another key. */
  sent: string;
}

export interface Applying {
  confirmation: Draft<Confirmation>;
  apply: (request: ChangeRequest, plan: PlanView) => void;
  pending: boolean;
  error: Error | null;
}

interface ApplyOptions {
  draftKey: string;
  reason: string;
  rollout: RolloutOptions | undefined;
  /** It is stored: the draft is not wanted any more. */
  onStored: (change: ChangeDetail) => void;
  /** A value had moved since it was planned. */
  onMoved: () => void;
  /** Stays on the page instead of going to the change. */
  stays?: boolean;
}

/** Applies a plan once, and goes to the page of the change. */
export function useApply({ draftKey, reason, rollout, onStored, onMoved, stays = false }: ApplyOptions): Applying {
  const confirmation = useDraft<Confirmation>(`${draftKey} confirm`, { reason, typed: "", key: "", sent: "" });
  const mutation = useMutation(applyChange(useQueryClient()));
  const router = useRouter();
  const carry = useCarry();
  const apply = (request: ChangeRequest, { fingerprint, factsId, confirm }: PlanView) => {
    if (mutation.isPending) return;
    const { key, sent, reason: given, typed } = confirmation.value;
    const sending = JSON.stringify([request, fingerprint]);
    const idempotencyKey = key === "" || sent !== sending ? newKey() : key;
    confirmation.set({ key: idempotencyKey, sent: sending });
    const why = given.trim() === "" ? {} : { reason: given.trim() };
    const name = confirm.typeName === null ? {} : { typed };
    const input = { request, fingerprint, factsId, idempotencyKey, ...why, ...name, ...(rollout === undefined ? {} : { rollout }) };
    mutation.mutate(input, {
      onSuccess: (change) => {
        confirmation.drop();
        onStored(change);
        if (!stays) router.push(carry(paths.change(change.id)));
      },
      onError: (error) => {
        if (hasMoved(error)) onMoved();
      },
    });
  };
  return { confirmation, apply, pending: mutation.isPending || mutation.isSuccess, error: mutation.error };
}

/** Whether nothing was written because a value is not what the plan saw. */
export function hasMoved(error: Error | null): boolean {
  return error instanceof AppError && error.code === "precondition_failed";
}
