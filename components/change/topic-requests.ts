import { typedWords } from "@/lib/domain/change/exact-words";
import type { RequestOf, TopicRef, TopicScope } from "@/lib/domain/change/request";
import { readTyped, type Typed } from "@/lib/domain/change/typed-value";
import { type EndingDraft, localText, NO_ENDING, readEnding } from "./ending";
import { topicKey } from "./topic-operations";

/** What is typed into a form on topics. */
export interface TopicDraft extends EndingDraft {
  /** The value, and for retention the limit by size. */
  value: string;
  size: string;
  /** Topics that are left as they are, by `topicKey`. */
  excluded: string[];
}

export const EMPTY_TOPIC_DRAFT: TopicDraft = { value: "", size: "", excluded: [], ...NO_ENDING };

interface Place {
  scope: TopicScope;
  topics: readonly TopicRef[] | null;
}

/** The topics that are meant: all of the scope, or those that were not left out; null: none. */
export function scopeWithout({ scope, topics }: Place, excluded: readonly string[]): TopicScope | null {
  if (excluded.length === 0 || topics === null) return scope;
  const out = new Set(excluded);
  const left = topics.filter((topic) => !out.has(topicKey(topic)));
  if (left.length === topics.length) return scope;
  return left.length === 0 ? null : { topics: left };
}

/** A value that differs from the tier can end by itself; what follows the tier cannot. */
function endingOf(draft: TopicDraft, nowMs: number, values: readonly Typed[]) {
  const own = values.some((typed) => typed.state === "value" && typed.value !== "tier" && typed.value !== null);
  return own ? readEnding(draft, nowMs) : {};
}

/** What the retention form gives; null: nothing yet, or something that cannot be read. */
export function retentionRequest(draft: TopicDraft, place: Place, nowMs: number): RequestOf<"retention"> | null {
  const time = readTyped("retentionMs", draft.value);
  const size = readTyped("retentionBytes", draft.size);
  const scope = scopeWithout(place, draft.excluded);
  const ending = endingOf(draft, nowMs, [time, size]);
  if (scope === null || ending === null || time.state === "wrong" || size.state === "wrong") return null;
  if (time.state === "empty" && size.state === "empty") return null;
  return {
    kind: "retention",
    scope,
    ...(time.state === "value" ? { retentionMs: time.value } : {}),
    ...(size.state === "value" ? { retentionBytes: size.value } : {}),
    ...ending,
  };
}

/** What the message size form gives. */
export function messageSizeRequest(draft: TopicDraft, place: Place, nowMs: number): RequestOf<"message-size"> | null {
  const typed = readTyped("maxMessageBytes", draft.value);
  const scope = scopeWithout(place, draft.excluded);
  const ending = endingOf(draft, nowMs, [typed]);
  if (scope === null || ending === null || typed.state !== "value" || typed.value === "unlimited") return null;
  return { kind: "message-size", scope, maxMessageBytes: typed.value, ...ending };
}

/** A request as the form would hold it, for one that avoids a consequence. */
export function draftOf(
  request: RequestOf<"retention"> | RequestOf<"message-size">,
  topics: readonly TopicRef[] | null,
): Partial<TopicDraft> {
  const values =
    request.kind === "message-size"
      ? { value: typedWords("maxMessageBytes", request.maxMessageBytes) }
      : {
          value: request.retentionMs === undefined ? "" : typedWords("retentionMs", request.retentionMs),
          size: request.retentionBytes === undefined ? "" : typedWords("retentionBytes", request.retentionBytes),
        };
  const { scope, until, atEnd } = request;
  const meant = "topics" in scope ? new Set(scope.topics.map(topicKey)) : null;
  const excluded = meant === null ? [] : (topics ?? []).map(topicKey).filter((key) => !meant.has(key));
  const ending = until === undefined ? NO_ENDING : { until: localText(Date.parse(until)), atEnd: atEnd ?? "report" };
  return { ...values, ...ending, excluded };
}
