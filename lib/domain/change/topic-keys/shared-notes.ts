import { declaredTopicValue } from "@/lib/domain/change/declared-topic";
import { consequence } from "@/lib/domain/change/draft";
import type { Consequence } from "@/lib/domain/change/plan";
import type { ScopedTopic } from "@/lib/domain/change/resolve-scope";
import { limitOf } from "@/lib/domain/change/topic-value";
import { listed, named } from "@/lib/domain/change/words";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import { TOPIC_SETTINGS } from "./settings";
import type { ChangedTopic, TopicKeyChange } from "./topic-key-change";

/** Who else a change of a topic touches: everybody whose records it holds, and nobody where it is nobody's. */
export function touchedTenants({ cluster, topic, tenants }: ScopedTopic): Consequence | null {
  const about = { clusterId: cluster.clusterId, links: [{ label: named(topic), href: paths.topic(cluster.clusterId, topic) }] };
  if (tenants.length === 0) {
    const sentence = `${named(topic)} belongs to no tenant that is known here; whoever uses it is touched.`;
    return consequence({ class: "note", sentence, ...about });
  }
  if (tenants.length === 1) return null;
  const names = listed(tenants.map(({ tenant }) => tenant.name));
  return consequence({ class: "note", sentence: `${named(topic)} touches ${formatCount(tenants.length)} tenants: ${names}.`, ...about });
}

/** Everybody else of the topics that are changed, and whose promise a shared topic then falls below. */
export function sharedNotes(topics: readonly ChangedTopic[], at: string): Consequence[] {
  const consequences: Consequence[] = [];
  for (const { scoped, keys } of topics) {
    const changed = [...keys.values()].filter(({ operation }) => operation !== null);
    if (changed.length === 0) continue;
    const touched = touchedTenants(scoped);
    if (touched !== null) consequences.push(touched);
    for (const change of changed) {
      const breach = scoped.tenants.length > 1 ? brokenPromises(scoped, change, at) : null;
      if (breach !== null) consequences.push(breach);
    }
  }
  return consequences;
}

/** Tenants of a shared topic that are declared more than it then has. */
function brokenPromises({ cluster, topic, tenants }: ScopedTopic, { key, effectiveAfter }: TopicKeyChange, at: string): Consequence | null {
  const value = limitOf(effectiveAfter);
  if (value === null) return null;
  const below: string[] = [];
  let most = 0;
  for (const state of tenants) {
    const declared = declaredTopicValue(state, { cluster: cluster.clusterId, topic }, key, at);
    const promised = declared.by === "nothing" ? null : limitOf(declared.value);
    if (promised === null || promised <= value) continue;
    below.push(state.tenant.name);
    most = Math.max(most, promised);
  }
  if (below.length === 0) return null;
  const { noun, format } = TOPIC_SETTINGS[key];
  const sentence = `${formatCountOf(below.length, "tenant")} of ${named(topic)} ${below.length === 1 ? "is" : "are"} promised more ${noun} than ${format(value)}: ${listed(below)}.`;
  return consequence({ class: "breach", sentence, detail: `The most that is promised is ${format(most)}.`, clusterId: cluster.clusterId });
}
