"use client";

import { ChangeForm } from "@/components/change/change-form";
import { useDraft } from "@/components/change/use-draft";
import { CheckBox } from "@/components/ui/check-box";
import { canonicalJson } from "@/lib/domain/change/canonical-json";
import type { ChangeRequest, RequestOf } from "@/lib/domain/change/request";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { Tier } from "@/lib/domain/tier";
import { draftOfTier, EMPTY_TIER, readTierDraft, type TierDraft } from "./tier-draft";
import { refusedFields, TierFields } from "./tier-fields";

type FormDraft = TierDraft & { rollOut: string };

interface TierDefinitionFormProps {
  /** The tier as it is; null: a new one. */
  tier: Tier | null;
  tenantCount: number;
}

/** What the form gives; null: nothing has changed, something is missing, or something cannot be read. */
export function definitionRequest(
  draft: TierDraft,
  { now, rollOut }: { now: Tier | null; rollOut: boolean },
): RequestOf<"tier-definition"> | null {
  const { tier } = readTierDraft(draft, now?.archived === true);
  if (tier === null) return null;
  if (now !== null && !rollOut && canonicalJson(now) === canonicalJson(tier)) return null;
  return { kind: "tier-definition", tier, rollOut };
}

/** A new tier, or another promise of one that exists, which its tenants then follow if that is chosen. */
export function TierDefinitionForm({ tier, tenantCount }: TierDefinitionFormProps) {
  const initial = tier === null ? EMPTY_TIER : draftOfTier(tier);
  const draftKey = tier === null ? paths.newTier() : paths.editTier(tier.id);
  const draft = useDraft<FormDraft>(`${draftKey} inputs`, { ...initial, rollOut: "" });
  const { problems } = readTierDraft(draft.value, tier?.archived === true);
  // Until somebody says otherwise a change of the promise reaches those to whom it was promised.
  const edited = tier !== null && definitionRequest(draft.value, { now: tier, rollOut: false }) !== null;
  const rollOut = tenantCount > 0 && (draft.value.rollOut === "yes" || (draft.value.rollOut === "" && edited));
  const instead = (request: ChangeRequest) => request.kind === "tier-definition" && draft.set(draftOfTier(request.tier));
  return (
    <ChangeForm
      draftKey={draftKey}
      request={definitionRequest(draft.value, { now: tier, rollOut })}
      baseline={tier === null ? null : { kind: "tier-definition", tier, rollOut: false }}
      ready={draft.ready}
      inputs={({ plan, given }) => (
        <TierFields
          draft={draft.value}
          onChange={draft.set}
          problems={{ ...(given ? refusedFields(plan) : {}), ...problems }}
          isNew={tier === null}
        >
          {tenantCount === 0 ? null : (
            <label className="check">
              <CheckBox checked={rollOut} onChange={(event) => draft.set({ rollOut: event.target.checked ? "yes" : "no" })} />
              <span>
                Roll it out to its {formatCountOf(tenantCount, "tenant")}
                <span className="sub">Their quotas and topics follow. Else they differ from what is declared, and show as drift.</span>
              </span>
            </label>
          )}
        </TierFields>
      )}
      onInstead={instead}
      back={tier === null ? paths.tiers() : paths.tier(tier.id)}
      onDone={draft.drop}
    />
  );
}
