"use client";

import { useNow } from "@/components/ui/use-now";
import type { SizeChain as Chain } from "@/lib/domain/change/plan";
import type { ChangeRequest } from "@/lib/domain/change/request";
import { readTyped } from "@/lib/domain/change/typed-value";
import { ChangeForm, type Look } from "./change-form";
import { EndingField } from "./ending-field";
import { nowTexts } from "./now-values";
import { presetsOf } from "./presets";
import { isChoice, rawOf, ScopeTable, type TopicFormProps } from "./retention-form";
import { SizeChain } from "./size-chain";
import { includedTopics, TopicNow } from "./topic-now";
import { draftOf, EMPTY_TOPIC_DRAFT, messageSizeRequest, type TopicDraft } from "./topic-requests";
import type { TopicTarget } from "./topic-target";
import { type Draft, useDraft } from "./use-draft";
import { ValueInput } from "./value-input";

const KEY = "max.message.bytes";
const MIB = 1024 ** 2;
const USUAL = [MIB / 2, MIB, 2 * MIB, 4 * MIB];

const FIELDS_SHOWN = ["maxMessageBytes", "until"];

/** The largest batch of records that topics admit. */
export function MessageSizeForm({ target, draftKey, value, reason, back }: TopicFormProps) {
  const draft = useDraft<TopicDraft>(`${draftKey} inputs`, { ...EMPTY_TOPIC_DRAFT, value });
  const now = useNow();
  const instead = (request: ChangeRequest) => request.kind === "message-size" && draft.set(draftOf(request, target.topics));
  return (
    <ChangeForm
      draftKey={draftKey}
      request={messageSizeRequest(draft.value, target, now)}
      baseline={{ kind: "message-size", scope: target.scope, maxMessageBytes: baselineValue(target) }}
      standing={target.standing}
      ready={draft.ready && target.ready}
      fields={FIELDS_SHOWN}
      inputs={(look) => <Inputs look={look} draft={draft} target={target} />}
      {...(isChoice(target)
        ? { operations: (look: Look) => <ScopeTable look={look} draft={draft} target={target} configKey={KEY} /> }
        : {})}
      onInstead={instead}
      back={back}
      reason={reason}
      onDone={draft.drop}
    />
  );
}

function baselineValue({ topics, lastRead }: TopicTarget): number | "tier" {
  const [text, ...others] = nowTexts([], KEY, topics ?? [], lastRead);
  return text === undefined || others.length > 0 ? "tier" : Number(text);
}

function Inputs({ look, draft, target }: { look: Look; draft: Draft<TopicDraft>; target: TopicTarget }) {
  const { plan, given, disabled, refusalOf } = look;
  const { value } = draft;
  const chain = plan?.picture?.kind === "message-size" ? plan.picture : null;
  const included = includedTopics(look, target, value);
  const typed = readTyped("maxMessageBytes", value.value);
  const wanted = given && typed.state === "value" && typeof typed.value === "number" ? String(typed.value) : null;
  const live = nowTexts(plan?.operations ?? [], KEY, included, target.lastRead, plan === undefined ? null : wanted);
  const texts = live.length > 0 || target.topics === null ? live : chainTexts(chain);
  const words = target.hasTier ? [{ value: "tier" as const, label: "As the tier says" }] : [];
  return (
    <>
      <TopicNow
        look={look}
        target={target}
        setting="maxMessageBytes"
        configKey={KEY}
        texts={texts}
        after={
          <ValueInput
            kind="maxMessageBytes"
            label="After"
            text={value.value}
            onText={(text) => draft.set({ value: text })}
            presets={presetsOf("maxMessageBytes", { marks: chain?.marks ?? [], now: texts.map(Number), usual: USUAL, words })}
            raw={rawOf(KEY, typed.state === "value" ? typed.value : undefined)}
            refusal={refusalOf("maxMessageBytes")}
            disabled={disabled}
            autoFocus
          />
        }
      />
      {chain === null || !given ? null : <SizeChain chain={chain} />}
      <div className="more-inputs">
        <EndingField draft={value} onChange={draft.set} refusal={refusalOf("until")} disabled={disabled} />
      </div>
    </>
  );
}

/** What topics admit now, where nothing is written to them and so no operation says it. */
function chainTexts(chain: Chain | null): string[] {
  const steps = chain?.steps.filter(({ key, bytes }) => key === KEY && bytes !== null) ?? [];
  return [...new Set(steps.map(({ bytes }) => String(bytes)))];
}
