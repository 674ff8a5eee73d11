"use client";

import { useNow } from "@/components/ui/use-now";
import { configWords } from "@/lib/domain/change/operation-words";
import type { PlanView, RetentionRuler as Ruler } from "@/lib/domain/change/plan";
import type { ChangeRequest, TopicRef } from "@/lib/domain/change/request";
import { type GivenValue, readTyped } from "@/lib/domain/change/typed-value";
import { UNLIMITED } from "@/lib/domain/change/values";
import { ChangeForm, type Look } from "./change-form";
import { EndingField } from "./ending-field";
import { nowTexts } from "./now-values";
import { presetsOf } from "./presets";
import { RetentionRuler } from "./retention-ruler";
import type { RulerSpan } from "./ruler-layout";
import { includedTopics, TopicNow, topicsOf } from "./topic-now";
import { TopicOperations } from "./topic-operations";
import { draftOf, EMPTY_TOPIC_DRAFT, retentionRequest, type TopicDraft } from "./topic-requests";
import type { TopicTarget } from "./topic-target";
import { type Draft, useDraft } from "./use-draft";
import { ValueInput } from "./value-input";

const DAY_MS = 86_400_000;
const USUAL = [DAY_MS, 3 * DAY_MS, 7 * DAY_MS];
const TIME = "retention.ms";
const SIZE = "retention.bytes";

const FIELDS_SHOWN = ["retentionMs", "retentionBytes", "until"];

export interface TopicFormProps {
  target: TopicTarget;
  draftKey: string;
  /** What the address brings; `size` is retention's limit by size. */
  value: string;
  size?: string;
  reason: string;
  back: string;
}

/** How long records stay, by age and by size, on a tenant's topics or on one. */
export function RetentionForm({ target, draftKey, value, size = "", reason, back }: TopicFormProps) {
  const draft = useDraft<TopicDraft>(`${draftKey} inputs`, { ...EMPTY_TOPIC_DRAFT, value, size });
  const now = useNow();
  const baseline: ChangeRequest = { kind: "retention", scope: target.scope, retentionMs: baselineValue(target) };
  const instead = (request: ChangeRequest) => request.kind === "retention" && draft.set(draftOf(request, target.topics));
  return (
    <ChangeForm
      draftKey={draftKey}
      request={retentionRequest(draft.value, target, now)}
      baseline={baseline}
      standing={target.standing}
      ready={draft.ready && target.ready}
      fields={FIELDS_SHOWN}
      inputs={(look) => <Inputs look={look} draft={draft} target={target} />}
      {...(isChoice(target)
        ? { operations: (look: Look) => <ScopeTable look={look} draft={draft} target={target} configKey={TIME} /> }
        : {})}
      onInstead={instead}
      back={back}
      reason={reason}
      onDone={draft.drop}
    />
  );
}

/** What it is where all topics agree, which changes nothing; else what the tier says. */
function baselineValue({ topics, lastRead }: TopicTarget): GivenValue {
  const [text, ...others] = nowTexts([], TIME, topics ?? [], lastRead);
  if (text === undefined || others.length > 0) return "tier";
  return Number(text) < 0 ? UNLIMITED : Number(text);
}

interface PartProps {
  look: Look;
  draft: Draft<TopicDraft>;
  target: TopicTarget;
}

function Inputs({ look, draft, target }: PartProps) {
  const { plan, given, disabled, refusalOf } = look;
  const { value } = draft;
  const included = includedTopics(look, target, value);
  const texts = nowTexts(plan?.operations ?? [], TIME, included, target.lastRead);
  const ruler = plan?.picture?.kind === "retention" ? plan.picture : null;
  const time = readTyped("retentionMs", value.value);
  return (
    <>
      <TopicNow
        look={look}
        target={target}
        setting="retentionMs"
        configKey={TIME}
        texts={texts}
        after={
          <ValueInput
            kind="retentionMs"
            label="After"
            text={value.value}
            onText={(text) => draft.set({ value: text })}
            presets={timePresets(ruler, texts, target.hasTier)}
            raw={rawOf(TIME, time.state === "value" ? time.value : undefined)}
            refusal={refusalOf("retentionMs")}
            disabled={disabled}
            autoFocus
          />
        }
      />
      {ruler === null || target.standing !== null ? null : (
        <RetentionRuler
          ruler={ruler}
          now={nowSpan(texts, ruler)}
          after={given && time.state === "value" ? afterSpan(time.value, ruler) : null}
        />
      )}
      <div className="more-inputs">
        <details open={value.size !== "" || undefined}>
          <summary>Limit by size too</summary>
          <p className="tone-muted">Each partition keeps so much at the most; whichever limit comes first counts.</p>
          <ValueInput
            kind="retentionBytes"
            label="Of a partition, after"
            text={value.size}
            onText={(text) => draft.set({ size: text })}
            raw={sizeNote(plan, value.size)}
            refusal={refusalOf("retentionBytes")}
            disabled={disabled}
          />
        </details>
        <EndingField draft={value} onChange={draft.set} refusal={refusalOf("until")} disabled={disabled} />
      </div>
    </>
  );
}

/** What it is now, where the plan says; else Kafka's own key and the value to come. */
function sizeNote(plan: PlanView | undefined, text: string): string | null {
  const [now] = nowTexts(plan?.operations ?? [], SIZE, topicsOf(plan), () => null);
  const typed = readTyped("retentionBytes", text);
  const raw = rawOf(SIZE, typed.state === "value" ? typed.value : undefined);
  return now === undefined ? raw : `${raw ?? ""} (now ${configWords(SIZE, now)})`;
}

function timePresets(ruler: Ruler | null, texts: readonly string[], hasTier: boolean) {
  const now = texts.map(Number).filter((value) => value > 0);
  const words = hasTier ? [{ value: "tier" as const, label: "As the tier says" }] : [];
  return presetsOf("retentionMs", { marks: ruler?.marks ?? [], now, usual: USUAL, words });
}

/** "retention.ms = 259200000"; what follows something else has no value of its own to show. */
export function rawOf(key: string, value: GivenValue | undefined): string | null {
  if (value === undefined || value === "tier") return null;
  return value === null ? `${key} taken away: the inherited value counts` : `${key} = ${value === UNLIMITED ? "-1" : value}`;
}

/** Where topics differ, the longest: so far back there may be records. */
function nowSpan(texts: readonly string[], ruler: Ruler): RulerSpan {
  const most = texts.at(-1);
  if (most === undefined) return ruler.nowMs;
  return Number(most) < 0 ? UNLIMITED : Number(most);
}

function afterSpan(value: GivenValue, ruler: Ruler): RulerSpan {
  return value === "tier" || value === null ? ruler.afterMs : value;
}

/** Whether there are several topics to choose from. */
export function isChoice({ topics }: TopicTarget): boolean {
  return topics !== null && topics.length > 1;
}

/** The topics with their operations, each to be taken in or left as it is. */
export function ScopeTable({ look, draft, target, configKey }: PartProps & { configKey: string }) {
  const nowOf = (topic: TopicRef) => {
    const text = target.lastRead(topic, configKey);
    return text === null ? null : configWords(configKey, text);
  };
  return (
    <TopicOperations
      topics={target.topics ?? []}
      excluded={new Set(draft.value.excluded)}
      onExclude={(excluded) => draft.set({ excluded })}
      operations={look.given ? (look.plan?.operations ?? []) : null}
      nowOf={nowOf}
      disabled={look.disabled}
    />
  );
}
