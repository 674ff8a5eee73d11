import type { ChangeRegion } from "@/lib/changes/ways/ports";
import type { Clock } from "@/lib/collector/clock";
import type { Problem } from "@/lib/domain/facts";
import type { WriteAnswer } from "@/lib/domain/writes";

export interface FakeMskTopic {
  /** Set on the topic itself. */
  own: Record<string, string>;
  partitions: number;
}

/** MSK's API for topics in memory. What is shown lags behind, and an update replaces all of a topic's own values. */
export interface FakeMsk {
  region: ChangeRegion;
  topics: Map<string, FakeMskTopic>;
  /** Of every topic that does not set them. */
  defaults: Record<string, string>;
  /** How long an update takes until it is shown as ACTIVE. */
  delayMs: number;
  /** ACTIVE is shown long before the new values are. */
  activeAtOnce: boolean;
  neverActive: boolean;
  /** Answers instead of carrying out, as long as there are any. */
  refusals: Problem[];
  /** Calls by name. */
  asked: string[];
  /** Sets that were sent. */
  sent: { topic: string; configs: Record<string, string> }[];
}

interface Shown {
  configs: Record<string, string>;
  partitionCount: number;
}

export function fakeMsk(clock: Clock): FakeMsk {
  const updates = new Map<string, { old: Shown; untilMs: number }>();
  const now = (topic: FakeMskTopic): Shown => ({ configs: { ...fake.defaults, ...topic.own }, partitionCount: topic.partitions });

  async function update(name: string, act: (topic: FakeMskTopic) => void): Promise<WriteAnswer> {
    fake.asked.push("UpdateTopic");
    const refusal = fake.refusals.shift();
    if (refusal !== undefined) return { ok: false, problem: refusal, uncertain: false };
    const topic = fake.topics.get(name);
    if (topic === undefined) throw new Error(`There is no topic ${name}.`);
    updates.set(name, { old: now(topic), untilMs: clock.now() + fake.delayMs });
    act(topic);
    return { ok: true };
  }

  const fake: FakeMsk = {
    topics: new Map(),
    defaults: { "retention.ms": "604800000", "cleanup.policy": "delete" },
    delayMs: 0,
    activeAtOnce: false,
    neverActive: false,
    refusals: [],
    asked: [],
    sent: [],
    region: {
      async readTopic(_arn, name) {
        fake.asked.push("DescribeTopic");
        const topic = fake.topics.get(name);
        const message = `MSK in eu-central-1 does not know the topic '${name}'.`;
        if (topic === undefined) return { value: null, problems: [{ code: "unavailable", operation: "DescribeTopic", message }] };
        const change = updates.get(name);
        const isUpdating = change !== undefined && (fake.neverActive || clock.now() < change.untilMs);
        const shown = isUpdating ? change.old : now(topic);
        return {
          value: { name, replicationFactor: 3, status: isUpdating && !fake.activeAtOnce ? "UPDATING" : "ACTIVE", ...shown },
          problems: [],
        };
      },
      updateTopicConfigs: (_arn, name, configs) =>
        update(name, (topic) => {
          fake.sent.push({ topic: name, configs });
          topic.own = { ...configs };
        }),
      updateTopicPartitions: (_arn, name, count) =>
        update(name, (topic) => {
          topic.partitions = count;
        }),
    },
  };
  return fake;
}
