import { consequence } from "@/lib/domain/change/draft";
import type { Consequence } from "@/lib/domain/change/plan";
import { inWords, TOPIC_SETTINGS } from "@/lib/domain/change/topic-keys/settings";
import type { ChangedTopic, TopicKeyChange } from "@/lib/domain/change/topic-keys/topic-key-change";
import { nameOrCount } from "@/lib/domain/change/words";

/** What counts where a topic's own value is taken away. */
export function inheritedNotes(topics: readonly ChangedTopic[]): Consequence[] {
  const byValue = new Map<string, { change: TopicKeyChange; names: string[] }>();
  for (const { scoped, keys } of topics) {
    for (const change of keys.values()) {
      if (change.operation === null || change.after !== null) continue;
      const id = `${change.key} ${change.effectiveAfter}`;
      const known = byValue.get(id);
      if (known === undefined) byValue.set(id, { change, names: [scoped.topic] });
      else known.names.push(scoped.topic);
    }
  }
  return [...byValue.values()].map(({ change, names }) => noteOf(change, nameOrCount(names, "topic")));
}

function noteOf({ key, effectiveAfter }: TopicKeyChange, where: string): Consequence {
  const { noun } = TOPIC_SETTINGS[key];
  if (effectiveAfter === null) {
    const sentence = `Without a value of its own the ${noun} of ${where} is what the brokers have, and that was not told.`;
    return consequence({ class: "unseen", sentence, detail: "Set the value that is meant, so that what follows from it can be told." });
  }
  const sentence = `On ${where} the brokers' ${noun} then counts, ${inWords(key, effectiveAfter)} now, and follows when that is changed.`;
  return consequence({ class: "note", sentence });
}
