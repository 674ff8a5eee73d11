"use client";

import { ChangeForm } from "@/components/change/change-form";
import { EndingField } from "@/components/change/ending-field";
import { presetsOf } from "@/components/change/presets";
import { NO_QUOTAS, QUOTA_FIELDS, QUOTA_SETTINGS, type QuotaDraft, type QuotaSetting, quotaRequest } from "@/components/change/quota-draft";
import { QuotaPicture } from "@/components/change/quota-scale";
import { useDraft } from "@/components/change/use-draft";
import { ValueInput } from "@/components/change/value-input";
import { useNow } from "@/components/ui/use-now";
import type { BulkScope } from "./bulk-scope";

const WORDS = [
  { value: "tier" as const, label: "As its tier says" },
  { value: null, label: "No quota" },
];

export interface BulkFormProps {
  scope: BulkScope;
  draftKey: string;
  reason: string;
  back: string;
}

interface BulkQuotaFormProps extends BulkFormProps {
  /** What the address brings; empty: nothing. */
  values: Record<QuotaSetting, string>;
}

/** The same quotas for many tenants, each as a whole; what each rule is set to follows tenant by tenant. */
export function BulkQuotaForm({ scope, values, draftKey, reason, back }: BulkQuotaFormProps) {
  const draft = useDraft<QuotaDraft>(`${draftKey} inputs`, { ...NO_QUOTAS, ...values });
  const now = useNow();
  return (
    <ChangeForm
      draftKey={draftKey}
      request={quotaRequest(draft.value, scope, now)}
      baseline={null}
      ready={draft.ready}
      inputs={({ disabled, refusalOf }) => (
        <>
          {QUOTA_SETTINGS.map((setting, index) => {
            const { title, kind } = QUOTA_FIELDS[setting];
            return (
              <ValueInput
                key={setting}
                kind={kind}
                label={`${title}, of each tenant as a whole`}
                text={draft.value[setting]}
                onText={(text) => draft.set({ [setting]: text })}
                presets={presetsOf(kind, { marks: [], now: [], words: WORDS })}
                disabled={disabled}
                autoFocus={index === 0}
              />
            );
          })}
          <div className="more-inputs">
            <EndingField draft={draft.value} onChange={draft.set} refusal={refusalOf("until")} disabled={disabled} />
          </div>
        </>
      )}
      below={(look) => <QuotaPicture look={look} />}
      back={back}
      reason={reason}
      onDone={draft.drop}
    />
  );
}
