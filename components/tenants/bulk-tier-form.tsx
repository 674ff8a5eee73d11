"use client";

import { useQuery } from "@tanstack/react-query";
import { ChangeForm } from "@/components/change/change-form";
import { TierChoice } from "@/components/change/tier-form";
import { useDraft } from "@/components/change/use-draft";
import { CheckBox } from "@/components/ui/check-box";
import { ErrorState } from "@/components/ui/notice";
import { tierList } from "@/lib/client/tiers";
import type { RequestOf } from "@/lib/domain/change/request";
import type { BulkFormProps } from "./bulk-quota-form";
import type { BulkScope } from "./bulk-scope";

/** What the form gives; null: no tier is chosen. */
export function bulkTierRequest(scope: BulkScope, { tierId, drop }: { tierId: string; drop: string }): RequestOf<"tier"> | null {
  return tierId === "" ? null : { kind: "tier", scope, tierId, dropOverrides: drop === "all" ? "all" : [] };
}

/** One tier for many tenants, with their overrides kept or ended together. */
export function BulkTierForm({ scope, tierId: brought, draftKey, reason, back }: BulkFormProps & { tierId: string }) {
  const { data: tiers, error, refetch } = useQuery(tierList());
  const draft = useDraft(`${draftKey} inputs`, { tierId: brought, drop: "" });
  const { tierId, drop } = draft.value;
  return (
    <ChangeForm
      draftKey={draftKey}
      request={bulkTierRequest(scope, draft.value)}
      baseline={null}
      ready={draft.ready}
      inputs={({ disabled }) => (
        <>
          {error === null ? null : (
            <ErrorState title="The tiers could not be loaded" message={error.message} onRetry={() => void refetch()} />
          )}
          <TierChoice
            tiers={tiers?.tiers ?? []}
            now={undefined}
            chosen={tierId === "" ? undefined : tierId}
            disabled={disabled}
            onChoose={(id) => draft.set({ tierId: id })}
          />
          <label className="check">
            <CheckBox
              checked={drop === "all"}
              disabled={disabled}
              onChange={(event) => draft.set({ drop: event.target.checked ? "all" : "" })}
            />
            <span>
              End their overrides
              <span className="sub">The tier counts for all of them. Else what is declared otherwise for one of them stays.</span>
            </span>
          </label>
        </>
      )}
      back={back}
      reason={reason}
      onDone={draft.drop}
    />
  );
}
