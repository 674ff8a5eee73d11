import { consequence } from "@/lib/domain/change/draft";
import type { Consequence } from "@/lib/domain/change/plan";
import { topicValue } from "@/lib/domain/change/topic-value";
import { named } from "@/lib/domain/change/words";
import { formatCount, formatPercent } from "@/lib/domain/format";
import type { Growing } from "./room";

/** What becomes of the order and the values of keys. */
export function keyConsequences(growing: Growing): Consequence[] {
  return [neverFewer(growing), keysMove(growing), ...compactedTwice(growing), transactions()];
}

function neverFewer({ topic, after }: Growing): Consequence {
  return consequence({
    class: "permanent",
    sentence: `Partitions cannot be taken away again: ${named(topic)} has ${formatCount(after)} from then on.`,
    detail: "Fewer means a new topic, and everything that is written and read moved there.",
  });
}

/** A key goes to its hash modulo the number of partitions: of those that differ by this number, how many do not change? */
function keysMove({ before, after }: Growing): Consequence {
  const moved = 1 - before / leastCommonMultiple(before, after);
  const doubled = after === before * 2 ? "" : ` With ${formatCount(before * 2)} half of them would.`;
  return consequence({
    class: "breaks",
    sentence: `${formatPercent(moved)} of the keys go to another partition: the order of a key's records is not kept between those before and those after.`,
    detail: `Where producers choose the partition by the key, as Kafka's own do.${doubled} Records without a key are not concerned.`,
  });
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

function compactedTwice({ cluster, topic }: Growing): Consequence[] {
  const policy = topicValue(cluster, topic, "cleanup.policy");
  if (policy === null) {
    const sentence = `Whether ${named(topic)} is compacted is not known; if it is, old values of keys that move stay where they are.`;
    return [consequence({ class: "unseen", sentence })];
  }
  if (!(policy.effective ?? "").includes("compact")) return [];
  return [
    consequence({
      class: "breaks",
      sentence: `${named(topic)} is compacted: the old value of a key that moves stays in its old partition for ever, beside the new one.`,
      detail:
        "Who reads all of it has to take the newer of the two, by timestamp; a deletion in the new partition does not delete the old value.",
    }),
  ];
}

function transactions(): Consequence {
  return consequence({
    class: "note",
    sentence:
      "Transactions under way go on. Programs that have a transactional id for each partition they read need one for each new partition.",
  });
}
