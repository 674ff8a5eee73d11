import type { ConfigFact, Reading } from "@/lib/domain/facts";
import type { ClusterSnapshot, TopicConfig } from "@/lib/domain/snapshot";
import type { ConfigReading } from "@/lib/kafka";
import { nothing, type PartResult } from "./with-part";

/**
 * Takes the configurations that were read and leaves the others. Topics with equal values share them: thousands of topics
 * have a handful of different configurations.
 */
export function mergeConfigs(snapshot: ClusterSnapshot, reading: Reading<ConfigReading[]>, at: string): PartResult {
  if (reading.value.length === 0) return nothing(reading.problems);
  const same = sharedEntries(snapshot.configs);
  const configs = new Map<string, TopicConfig>(snapshot.configs);
  let { brokerConfigs } = snapshot;
  for (const { resource, configs: entries } of reading.value) {
    if (resource.type === "broker") brokerConfigs = entries;
    else if (snapshot.metadata?.topics.has(resource.name)) configs.set(resource.name, { at, entries: same(entries) });
  }
  return { fields: { configs, brokerConfigs }, broughtSomething: true, problems: reading.problems };
}

function sharedEntries(known: ReadonlyMap<string, TopicConfig>): (entries: ConfigFact[]) => ConfigFact[] {
  const byText = new Map<string, ConfigFact[]>();
  for (const entries of new Set([...known.values()].map((config) => config.entries))) byText.set(JSON.stringify(entries), entries);
  return (entries) => {
    const text = JSON.stringify(entries);
    const shared = byText.get(text) ?? entries;
    byText.set(text, shared);
    return shared;
  };
}
