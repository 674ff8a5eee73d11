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

/** Topics that are told one by one; the rest is counted. */
const TOLD_MAX = 10;

/** Everybody else of the topics that are changed, and whose promise a shared topic then falls below. */
export function sharedNotes(topics: readonly ChangedTopic[], at: string): Consequence[] {
  const touched: Consequence[] = [];
  const broken: Consequence[] = [];
  for (const { scoped, keys } of topics) {
    const changed = [...keys.values()].filter(({ operation }) => operation !== null);
    const note = changed.length === 0 ? null : touchedTenants(scoped);
    if (note === null) continue;
    touched.push(note);
    for (const change of changed) {
      const breach = brokenPromises(scoped, change, at);
      if (breach !== null) broken.push(breach);
    }
  }
  return [
    ...told(broken, "breach", "shared topics fall below what is promised"),
    ...told(touched, "note", "topics are not one tenant's alone"),
  ];
}

function told(all: readonly Consequence[], kind: Consequence["class"], what: string): Consequence[] {
  const rest = all.length - TOLD_MAX;
  if (rest <= 0) return [...all];
  return [...all.slice(0, TOLD_MAX), consequence({ class: kind, sentence: `${formatCount(rest)} more ${what}.` })];
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
