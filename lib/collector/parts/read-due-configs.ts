import { type Clock, isoNow } from "@/lib/collector/clock";
import type { ClusterAdmin } from "@/lib/collector/ports";
import { mergeConfigs } from "@/lib/collector/snapshot/merge-configs";
import type { PartResult } from "@/lib/collector/snapshot/with-part";
import type { Problem } from "@/lib/domain/facts";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { ConfigReading } from "@/lib/kafka";
import { asResources, BROKER, BROKER_KEYS, dueConfigs, TOPIC_KEYS } from "./due-configs";

/** A topic whose configuration is refused is not asked for again and again. */
const POSTPONE_MS = 15 * 60_000;

export interface ConfigReader {
  /** null: nothing was due. */
  read: (all: boolean) => Promise<PartResult | null>;
  /** The configuration of these topics was changed: it is due. */
  expect: (topics: readonly string[]) => void;
}

/** Reads configurations as they fall due, a limited number at a time. */
export function createConfigReader(admin: ClusterAdmin, clock: Clock, snapshot: () => ClusterSnapshot): ConfigReader {
  const postponed = new Map<string, number>();
  const expected = new Set<string>();

  /** Postpones what was asked for and refused; what was merely not answered is tried again with the next turn. */
  function postpone(asked: readonly string[], answered: ReadonlySet<string>, problems: readonly Problem[]): void {
    const refused = answered.size > 0 || problems.some(({ code }) => code === "forbidden" || code === "unsupported");
    for (const name of asked) {
      if (answered.has(name)) postponed.delete(name);
      else if (refused) postponed.set(name, clock.now() + POSTPONE_MS);
    }
    for (const name of postponed.keys()) if (name !== BROKER && !snapshot().metadata?.topics.has(name)) postponed.delete(name);
  }

  return {
    expect(topics) {
      const known = snapshot().metadata?.topics;
      for (const topic of topics) if (known?.has(topic) === true) expected.add(topic);
    },
    async read(all) {
      const due = dueConfigs(snapshot(), postponed, clock.now(), all);
      const { brokerId } = due;
      const topics = [...new Set([...expected, ...due.topics])];
      expected.clear();
      if (topics.length === 0 && brokerId === null) return null;
      const [ofTopics, ofBroker] = await Promise.all([
        topics.length === 0 ? NOTHING_ASKED : admin.readConfigs(asResources(topics), TOPIC_KEYS),
        brokerId === null ? NOTHING_ASKED : admin.readConfigs([{ type: "broker", id: brokerId }], BROKER_KEYS),
      ]);
      postpone(topics, namesOf(ofTopics.value), ofTopics.problems);
      if (brokerId !== null) postpone([BROKER], namesOf(ofBroker.value), ofBroker.problems);
      const problems = [...ofTopics.problems, ...ofBroker.problems];
      // Topics that wait to be asked again are as unknown as they were.
      if (problems.length === 0 && postponed.size > 0) problems.push(...snapshot().parts.configs.problems);
      return mergeConfigs(snapshot(), { value: [...ofTopics.value, ...ofBroker.value], problems }, isoNow(clock));
    },
  };
}

function namesOf(readings: readonly ConfigReading[]): Set<string> {
  return new Set(readings.map(({ resource }) => (resource.type === "topic" ? resource.name : BROKER)));
}

const NOTHING_ASKED = { value: [], problems: [] };
