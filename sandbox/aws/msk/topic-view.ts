import type { TopicState } from "@/sandbox/aws/brokers/read-topics";
import type { TopicSource } from "@/sandbox/aws/estate/cluster";

/**
 * What MSK knows of a cluster's topics: an answer may be as old as the refresh interval (a minute with AWS), and a change is only seen, and
 * its topic only ACTIVE again, once the view was refreshed.
 */
export interface TopicView {
  list: () => Promise<TopicState[]>;
  /** null: no such topic in the view. */
  describe: (topic: string) => Promise<{ topic: TopicState; configs: Record<string, string>; status: "ACTIVE" | "UPDATING" } | null>;
  /** Says that a topic was changed just now. */
  changed: (topic: string) => void;
}

interface Aged<T> {
  atMs: number;
  value: Promise<T>;
}

export function createTopicView(source: TopicSource, refreshMs: number, now: () => number): TopicView {
  const changedMs = new Map<string, number>();
  const lists: { current?: Aged<TopicState[]> } = {};
  const configs = new Map<string, Aged<Record<string, string>>>();

  /** Answers from the view, and reads again when it is too old; a reading that failed is not kept. */
  function aged<T>(known: Aged<T> | undefined, read: () => Promise<T>, keep: (aged: Aged<T> | undefined) => void): Aged<T> {
    if (known !== undefined && now() - known.atMs < refreshMs) return known;
    const fresh = { atMs: now(), value: read() };
    keep(fresh);
    fresh.value.catch(() => keep(undefined));
    return fresh;
  }

  const listed = () =>
    aged(lists.current, source.list, (value) => {
      if (value === undefined) delete lists.current;
      else lists.current = value;
    });
  const configured = (topic: string) =>
    aged(
      configs.get(topic),
      () => source.configs(topic),
      (value) => (value === undefined ? configs.delete(topic) : configs.set(topic, value)),
    );

  return {
    list: () => listed().value,
    describe: async (name) => {
      const list = listed();
      const topic = (await list.value).find((candidate) => candidate.name === name);
      if (topic === undefined) return null;
      const config = configured(name);
      const seenMs = Math.min(list.atMs, config.atMs);
      const isSeen = seenMs > (changedMs.get(name) ?? Number.NEGATIVE_INFINITY);
      return { topic, configs: await config.value, status: isSeen ? "ACTIVE" : "UPDATING" };
    },
    changed: (topic) => changedMs.set(topic, now()),
  };
}
