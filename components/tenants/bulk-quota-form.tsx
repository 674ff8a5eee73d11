"use client";

import { ChangeForm } from "@/components/change/change-form";
import { type EndingDraft, NO_ENDING, readEnding } from "@/components/change/ending";
import { EndingField } from "@/components/change/ending-field";
import { presetsOf } from "@/components/change/presets";
import { QuotaPicture } from "@/components/change/quota-scale";
import { useDraft } from "@/components/change/use-draft";
import { ValueInput } from "@/components/change/value-input";
import { useNow } from "@/components/ui/use-now";
import type { RequestOf } from "@/lib/domain/change/request";
import { readTyped, type TypedKind } from "@/lib/domain/change/typed-value";
import type { BulkScope } from "./bulk-scope";

const SETTINGS = ["produceBytesPerSecond", "consumeBytesPerSecond", "requestPercent"] as const;
type Setting = (typeof SETTINGS)[number];
type QuotaDraft = Record<Setting, string> & EndingDraft;

const FIELDS: Record<Setting, { label: string; kind: TypedKind }> = {
  produceBytesPerSecond: { label: "Produce, of each tenant as a whole", kind: "byteRate" },
  consumeBytesPerSecond: { label: "Consume, of each tenant as a whole", kind: "byteRate" },
  requestPercent: { label: "Request share, of each tenant as a whole", kind: "requestPercent" },
};
const EMPTY: QuotaDraft = { produceBytesPerSecond: "", consumeBytesPerSecond: "", requestPercent: "", ...NO_ENDING };
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

/** What the form gives: an empty field is not part of it. null: nothing, or something that cannot be read. */
export function bulkQuotaRequest(draft: QuotaDraft, scope: BulkScope, nowMs: number): RequestOf<"quota"> | null {
  const values: Partial<Record<Setting, number | "tier" | null>> = {};
  for (const setting of SETTINGS) {
    const typed = readTyped(FIELDS[setting].kind, draft[setting]);
    if (typed.state === "wrong" || (typed.state === "value" && typed.value === "unlimited")) return null;
    if (typed.state === "value" && typed.value !== "unlimited") values[setting] = typed.value;
  }
  const given = Object.values(values);
  const ending = given.some((value) => value !== "tier") ? readEnding(draft, nowMs) : {};
  return given.length === 0 || ending === null ? null : { kind: "quota", scope, ...values, ...ending };
}

/** The same quotas for many tenants, each as a whole; what each rule is set to follows tenant by tenant. */
export function BulkQuotaForm({ scope, draftKey, reason, back }: BulkFormProps) {
  const draft = useDraft<QuotaDraft>(`${draftKey} inputs`, EMPTY);
  const now = useNow();
  return (
    <ChangeForm
      draftKey={draftKey}
      request={bulkQuotaRequest(draft.value, scope, now)}
      baseline={null}
      ready={draft.ready}
      inputs={({ disabled, refusalOf }) => (
        <>
          {SETTINGS.map((setting, index) => {
            const { label, kind } = FIELDS[setting];
            return (
              <ValueInput
                key={setting}
                kind={kind}
                label={label}
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
