"use client";

import { useQuery } from "@tanstack/react-query";
import { useNow } from "@/components/ui/use-now";
import { tenantDetail } from "@/lib/client/tenants";
import { typedWords } from "@/lib/domain/change/exact-words";
import type { ChangeRequest, RequestOf } from "@/lib/domain/change/request";
import type { Override } from "@/lib/domain/override";
import { overrideValue } from "@/lib/domain/override-words";
import type { Tier } from "@/lib/domain/tier";
import { ChangeForm, type Look } from "./change-form";
import { localText, NO_ENDING } from "./ending";
import { EndingField } from "./ending-field";
import { NowAfter } from "./now-after";
import { OverrideNote } from "./override-note";
import { presetsOf } from "./presets";
import { NO_QUOTAS, QUOTA_FIELDS, QUOTA_SETTINGS, type QuotaDraft, type QuotaSetting, quotaRequest } from "./quota-draft";
import { QuotaPicture } from "./quota-scale";
import { type Draft, useDraft } from "./use-draft";
import { ValueInput } from "./value-input";

const FIELDS_SHOWN = [...QUOTA_SETTINGS, "until"];

interface QuotaFormProps {
  tenantId: string;
  draftKey: string;
  /** What the address brings for produce. */
  value: string;
  /** And for consume. */
  consume: string;
  reason: string;
  back: string;
}

/** What a tenant may do as a whole; what each rule is set to follows from it as from a promise. */
export function QuotaForm({ tenantId, draftKey, value, consume, reason, back }: QuotaFormProps) {
  const { data: tenant } = useQuery(tenantDetail(tenantId));
  const draft = useDraft<QuotaDraft>(`${draftKey} inputs`, { ...NO_QUOTAS, produceBytesPerSecond: value, consumeBytesPerSecond: consume });
  const now = useNow();
  const instead = (request: ChangeRequest) => request.kind === "quota" && draft.set(draftOf(request));
  const asTier = { produceBytesPerSecond: "tier", consumeBytesPerSecond: "tier", requestPercent: "tier" } as const;
  return (
    <ChangeForm
      draftKey={draftKey}
      request={quotaRequest(draft.value, { tenantIds: [tenantId] }, now)}
      baseline={{ kind: "quota", scope: { tenantIds: [tenantId] }, ...asTier }}
      ready={draft.ready && tenant !== undefined}
      fields={FIELDS_SHOWN}
      inputs={(look) => <Inputs look={look} draft={draft} tier={tenant?.tier} overrides={tenant?.overrides ?? []} />}
      below={(look) => <QuotaPicture look={look} />}
      onInstead={instead}
      back={back}
      reason={reason}
      onDone={draft.drop}
    />
  );
}

function draftOf(request: RequestOf<"quota">): Partial<QuotaDraft> {
  const text = (setting: QuotaSetting) => {
    const value = request[setting];
    return value === undefined ? "" : typedWords(QUOTA_FIELDS[setting].kind, value);
  };
  const values = Object.fromEntries(QUOTA_SETTINGS.map((setting) => [setting, text(setting)])) as Record<QuotaSetting, string>;
  const { until, atEnd } = request;
  return { ...values, ...(until === undefined ? NO_ENDING : { until: localText(Date.parse(until)), atEnd: atEnd ?? "report" }) };
}

interface InputsProps {
  look: Look;
  draft: Draft<QuotaDraft>;
  tier: Tier | undefined;
  overrides: readonly Override[];
}

function Inputs({ look, draft, tier, overrides }: InputsProps) {
  const { disabled, refusalOf } = look;
  return (
    <>
      {QUOTA_SETTINGS.map((setting, index) => {
        const { title, kind } = QUOTA_FIELDS[setting];
        return (
          <NowAfter
            key={setting}
            title={title}
            now={declaredWords(setting, tier, overrides)}
            notes={
              <>
                {tier?.[setting] === undefined || hasOverride(setting, overrides) ? null : <Promised tier={tier} />}
                <OverrideNote overrides={overrides} setting={setting} />
              </>
            }
            after={
              <ValueInput
                kind={kind}
                label={`${title} after, as a whole`}
                text={draft.value[setting]}
                onText={(text) => draft.set({ [setting]: text })}
                presets={quotaPresets(setting, tier)}
                refusal={refusalOf(setting)}
                disabled={disabled}
                autoFocus={index === 0}
              />
            }
          />
        );
      })}
      <div className="more-inputs">
        <EndingField draft={draft.value} onChange={draft.set} refusal={refusalOf("until")} disabled={disabled} />
      </div>
    </>
  );
}

function hasOverride(setting: QuotaSetting, overrides: readonly Override[]): boolean {
  return overrides.some((one) => one.setting === setting && one.on === undefined);
}

function Promised({ tier }: { tier: Tier }) {
  return (
    <p className="tone-muted">
      <bdi>{tier.name}</bdi> promises it
    </p>
  );
}

/** What is declared for the tenant as a whole: its override, else its tier's promise. */
function declaredWords(setting: QuotaSetting, tier: Tier | undefined, overrides: readonly Override[]) {
  const override = overrides.find((one) => one.setting === setting && one.on === undefined);
  if (override !== undefined) return overrideValue(override);
  if (tier === undefined) return null;
  const promised = tier[setting];
  return promised === undefined ? <span className="tone-muted">nothing</span> : overrideValue({ setting, value: promised });
}

function quotaPresets(setting: QuotaSetting, tier: Tier | undefined) {
  const promised = tier?.[setting];
  const marks =
    promised === undefined ? [] : [half(promised), { label: "promised", value: promised }, { label: "twice", value: 2 * promised }];
  const words = [
    { value: "tier" as const, label: "As the tier says" },
    { value: null, label: "No quota" },
  ];
  return presetsOf(QUOTA_FIELDS[setting].kind, { marks, now: [], words });
}

function half(promised: number) {
  return { label: "half", value: Math.round(promised / 2) };
}
