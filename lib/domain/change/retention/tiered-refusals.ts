import type { Refusal } from "@/lib/domain/change/plan";
import { inWords } from "@/lib/domain/change/topic-keys/settings";
import { topicValue } from "@/lib/domain/change/topic-value";
import { named } from "@/lib/domain/change/words";
import { formatSpan } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import { isTiered } from "./limits";
import type { TopicOutlook } from "./outlook";

/** MSK keeps what is in tiered storage for at least so long. Source: MSK's guide to tiered storage (2026). */
const MSK_TIERED_LEAST_MS = 3 * 86_400_000;

const KEYS = [
  { key: "retention.ms", limit: "ms", local: "local.retention.ms", field: "retentionMs" },
  { key: "retention.bytes", limit: "bytes", local: "local.retention.bytes", field: "retentionBytes" },
] as const;

/** What Kafka and MSK refuse of a topic with tiered storage. */
export function tieredRefusals(outlooks: readonly TopicOutlook[]): Refusal[] {
  return outlooks.filter(({ changed }) => isTiered(changed)).flatMap((outlook) => [...localTooLong(outlook), ...tooShort(outlook)]);
}

/** -2 stands for the retention itself; -1 is unlimited, and more than any limit. */
function localTooLong({ changed, after }: TopicOutlook): Refusal[] {
  const { cluster, topic } = changed.scoped;
  return KEYS.flatMap(({ key, limit, local, field }) => {
    const value = topicValue(cluster, topic, local)?.effective ?? null;
    const most = after[limit];
    if (!changed.keys.has(key) || value === null || most === null || !Number.isFinite(most)) return [];
    const kept = Number(value);
    if (kept === -2 || (kept >= 0 && kept <= most)) return [];
    const reason = `${named(topic)} keeps ${inWords(key, value)} on the brokers (${local}); Kafka refuses a ${key} below that.`;
    const link = { label: named(topic), href: paths.topic(cluster.clusterId, topic) };
    return [{ field, reason, wayOut: `Choose at least ${inWords(key, value)}, or lower ${local} first.`, link }];
  });
}

function tooShort({ changed, after }: TopicOutlook): Refusal[] {
  const { cluster, topic } = changed.scoped;
  if (cluster.kind !== "standard" || !changed.keys.has("retention.ms") || after.ms === null || after.ms >= MSK_TIERED_LEAST_MS) return [];
  const least = formatSpan(MSK_TIERED_LEAST_MS);
  const reason = `${named(topic)} has tiered storage, and MSK keeps that for at least ${least}.`;
  const link = { label: named(topic), href: paths.topic(cluster.clusterId, topic) };
  return [{ field: "retentionMs", reason, wayOut: `Choose ${least} or more.`, link }];
}
