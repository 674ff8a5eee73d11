"use client";

import { useQuery } from "@tanstack/react-query";
import { ModelWord } from "@/components/tenancy/model-word";
import { CheckBox } from "@/components/ui/check-box";
import { ErrorState } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { tenantDetail } from "@/lib/client/tenants";
import { tierList } from "@/lib/client/tiers";
import type { ChangeRequest, RequestOf } from "@/lib/domain/change/request";
import { formatSize } from "@/lib/domain/change/words";
import { formatSetRate, formatSpan } from "@/lib/domain/format";
import { type Override, overrideKey } from "@/lib/domain/override";
import { overrideName } from "@/lib/domain/override-words";
import type { Tier } from "@/lib/domain/tier";
import { ChangeForm } from "./change-form";
import { OverrideWords } from "./override-note";
import { QuotaPicture } from "./quota-scale";
import { useDraft } from "./use-draft";

interface TierFormProps {
  tenantId: string;
  draftKey: string;
  /** A tier that the address brings. */
  value: string;
  reason: string;
  back: string;
}

interface TierDraft {
  tierId: string;
  /** Keys of overrides that end with the change. */
  dropped: string[];
}

/** The tenant's tier, with its overrides kept or ended one by one. */
export function TierForm({ tenantId, draftKey, value, reason, back }: TierFormProps) {
  const { data: tenant } = useQuery(tenantDetail(tenantId));
  const { data: tiers, error, refetch } = useQuery(tierList());
  const draft = useDraft<TierDraft>(`${draftKey} inputs`, { tierId: value, dropped: [] });
  const { tierId, dropped } = draft.value;
  const of = (id: string): RequestOf<"tier"> => ({ kind: "tier", scope: { tenantIds: [tenantId] }, tierId: id, dropOverrides: dropped });
  const instead = (request: ChangeRequest) => {
    if (request.kind !== "tier") return;
    const all = tenant?.overrides.map(overrideKey) ?? [];
    draft.set({ tierId: request.tierId, dropped: request.dropOverrides === "all" ? all : request.dropOverrides });
  };
  const now = tenant?.tier.id;
  const given = tierId !== "" && (tierId !== now || dropped.length > 0);
  return (
    <ChangeForm
      draftKey={draftKey}
      request={given ? of(tierId) : null}
      baseline={now === undefined ? null : { ...of(now), dropOverrides: [] }}
      ready={draft.ready && tenant !== undefined}
      inputs={({ disabled }) => (
        <>
          {error === null ? null : (
            <ErrorState title="The tiers could not be loaded" message={error.message} onRetry={() => void refetch()} />
          )}
          <TierChoice
            tiers={tiers?.tiers ?? []}
            now={now}
            chosen={tierId === "" ? now : tierId}
            disabled={disabled}
            onChoose={(id) => draft.set({ tierId: id })}
          />
          <Overrides
            overrides={tenant?.overrides ?? []}
            dropped={dropped}
            disabled={disabled}
            onDrop={(keys) => draft.set({ dropped: keys, ...(tierId === "" && now !== undefined ? { tierId: now } : {}) })}
          />
        </>
      )}
      below={(look) => <QuotaPicture look={look} />}
      onInstead={instead}
      back={back}
      reason={reason}
      onDone={draft.drop}
    />
  );
}

interface TierChoiceProps {
  tiers: readonly Tier[];
  now: string | undefined;
  chosen: string | undefined;
  disabled: boolean;
  onChoose: (tierId: string) => void;
}

/** One tier of those that tenants can be put on. */
export function TierChoice({ tiers, now, chosen, disabled, onChoose }: TierChoiceProps) {
  const rate = (value: number | undefined) => (value === undefined ? <span className="tone-faint">nothing</span> : formatSetRate(value));
  return (
    <div className="bleed">
      <table className="data-table tight tier-choice">
        <caption className="visually-hidden">Tiers to choose from</caption>
        <thead>
          <tr>
            <th scope="col">Tier</th>
            <th scope="col">Model</th>
            <th scope="col" className="num">
              Produce
            </th>
            <th scope="col" className="num">
              Consume
            </th>
            <th scope="col" className="num">
              Retention
            </th>
            <th scope="col" className="num">
              Message
            </th>
          </tr>
        </thead>
        <tbody>
          {tiers
            .filter(({ archived, id }) => archived !== true || id === now)
            .map((tier) => (
              <tr key={tier.id} className={tier.id === chosen ? "selected" : undefined}>
                <th scope="row">
                  <label>
                    <CheckBox
                      type="radio"
                      name="tier"
                      checked={tier.id === chosen}
                      disabled={disabled}
                      onChange={() => onChoose(tier.id)}
                    />
                    <bdi>{tier.name}</bdi>
                    {tier.id === now ? <span className="tone-muted">now</span> : null}
                  </label>
                </th>
                <td>
                  <ModelWord model={tier.model} />
                </td>
                <td className="num">{rate(tier.produceBytesPerSecond)}</td>
                <td className="num">{rate(tier.consumeBytesPerSecond)}</td>
                <td className="num">{tier.retentionMs?.default === undefined ? "" : formatSpan(tier.retentionMs.default)}</td>
                <td className="num">{tier.maxMessageBytes?.default === undefined ? "" : formatSize(tier.maxMessageBytes.default)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

interface OverridesProps {
  overrides: readonly Override[];
  dropped: readonly string[];
  disabled: boolean;
  onDrop: (keys: string[]) => void;
}

function Overrides({ overrides, dropped, disabled, onDrop }: OverridesProps) {
  if (overrides.length === 0) return null;
  const toggle = (key: string) => onDrop(dropped.includes(key) ? dropped.filter((one) => one !== key) : [...dropped, key]);
  return (
    <>
      <SectionHead title="Overrides to keep" note="one that is not kept ends with the change: the tier counts there" />
      <ul className="override-choice">
        {overrides.map((override) => {
          const key = overrideKey(override);
          return (
            <li key={key}>
              <label>
                <CheckBox checked={!dropped.includes(key)} disabled={disabled} onChange={() => toggle(key)} />
                <span>
                  <bdi>
                    <b>{overrideName(override)}</b>
                  </bdi>
                  <span className="sub">
                    <OverrideWords override={override} />
                  </span>
                </span>
              </label>
            </li>
          );
        })}
      </ul>
    </>
  );
}
