import type { ReactNode } from "react";
import { SourceMark } from "@/components/tenancy/source-mark";
import type { PlanView } from "@/lib/domain/change/plan";
import type { TopicRef } from "@/lib/domain/change/request";
import type { OverrideSetting } from "@/lib/domain/override";
import type { Look } from "./change-form";
import { NowAfter } from "./now-after";
import { nowWords } from "./now-values";
import { OverrideNote } from "./override-note";
import { topicKey } from "./topic-operations";
import type { TopicDraft } from "./topic-requests";
import type { TopicTarget } from "./topic-target";

interface TopicNowProps {
  look: Look;
  target: TopicTarget;
  setting: OverrideSetting;
  /** Kafka's own key of the setting. */
  configKey: string;
  /** What the topics have, as `nowTexts` tells it. */
  texts: readonly string[];
  after: ReactNode;
}

/** What topics have of a setting, beside what they are to have. Of many tenants' topics it differs until a plan says what changes. */
export function TopicNow({ look: { plan }, target, setting, configKey, texts, after }: TopicNowProps) {
  const isOfMany = target.topics === null && target.ready;
  const isBarred = target.standing !== null;
  const differs = isOfMany && texts.length === 0;
  return (
    <NowAfter
      mark={plan === undefined || isBarred || differs ? null : <SourceMark source="measured" detail="read for this plan" />}
      now={isBarred ? <span className="tone-muted">none</span> : differs ? "differs" : nowWords(configKey, texts)}
      notes={
        <>
          {texts.length === 1 ? <code>{`${configKey} = ${texts[0]}`}</code> : null}
          {texts.length > 1 && !isOfMany ? <p className="tone-muted">Its topics differ.</p> : null}
          {isOfMany ? <p className="tone-muted">{differs ? "from tenant to tenant" : "of the topics that change"}</p> : null}
          <OverrideNote overrides={target.overrides} setting={setting} />
        </>
      }
      after={after}
    />
  );
}

/** The topics that a form is about. Of many tenants only those that a plan changes are known with what they have now. */
export function includedTopics({ plan, given }: Look, target: TopicTarget, { excluded }: TopicDraft): TopicRef[] {
  return (target.topics ?? (given ? topicsOf(plan) : [])).filter((topic) => !excluded.includes(topicKey(topic)));
}

/** The topics whose settings a plan changes. */
export function topicsOf(plan: PlanView | undefined) {
  return (plan?.operations ?? []).flatMap(({ target }) => (target.kind === "topic-config" ? [target] : []));
}
