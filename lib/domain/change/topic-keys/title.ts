import type { DeclaredTopicKey } from "@/lib/domain/change/declared-topic";
import { kafkaText } from "@/lib/domain/change/declared-topic";
import { nameOrCount } from "@/lib/domain/change/words";
import type { WantedKeys } from "./plan-topic-keys";
import type { Wanted } from "./resolve-value";
import { inWords, TOPIC_SETTINGS } from "./settings";
import type { ChangedTopic } from "./topic-key-change";

/** What the button says: "Set retention to 3 days on 4 topics". Where nothing changes all topics of the scope are counted. */
export function titleOf(topics: readonly ChangedTopic[], wanted: WantedKeys): string {
  const changing = topics.filter(({ keys }) => [...keys.values()].some(({ operation }) => operation !== null));
  const names = (changing.length > 0 ? changing : topics).map(({ scoped }) => scoped.topic);
  const where = nameOrCount(names, "topic");
  const asked = Object.entries(wanted) as [DeclaredTopicKey, Wanted][];
  return `${capital(asked.map(([key, value]) => phraseOf(key, value)).join(" and "))} on ${where}`;
}

function phraseOf(key: DeclaredTopicKey, value: Wanted): string {
  if (value === null) return `take away the own ${TOPIC_SETTINGS[key].noun}`;
  if (value === "tier") return `set the declared ${TOPIC_SETTINGS[key].noun}`;
  return `set ${TOPIC_SETTINGS[key].noun} to ${inWords(key, kafkaText(value))}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
