import { consequence } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { Consequence } from "@/lib/domain/change/plan";
import { formatSize, listed, named, nameOrCount } from "@/lib/domain/change/words";
import { formatCountOf } from "@/lib/domain/format";
import { isKnown, type Observed } from "@/lib/domain/observed";
import { paths } from "@/lib/domain/paths";
import { producersOf } from "./producers";
import { largestFits, type SizedTopic } from "./sizes";

/** Topics that are told one by one; the rest is counted. */
const TOLD_MAX = 10;

const SPLIT =
  "A producer of Java splits a batch that is too large into smaller ones; a record cannot be split. The limit is on the batch as it is sent, compressed.";

/** What a smaller limit refuses: which records that were seen, whose, and what could not be looked at. */
export function smallerConsequences(topics: readonly SizedTopic[], facts: PlanFacts): Consequence[] {
  const smaller = topics.filter(({ direction }) => direction === "tighter");
  if (smaller.length === 0) return [];
  const refused = smaller.filter((topic) => largestFits(topic) === false);
  return [
    ...refused.slice(0, TOLD_MAX).map((topic) => refusesRecords(topic, facts)),
    ...restOf(refused.slice(TOLD_MAX), facts),
    ...fits(smaller.filter((topic) => largestFits(topic) === true)),
    ...notSeen(
      smaller.filter((topic) => largestFits(topic) === null),
      facts,
    ),
  ];
}

function refusesRecords({ changed, after, largest }: SizedTopic, { registry }: PlanFacts): Consequence {
  const { cluster, topic, tenants } = changed.scoped;
  const [tenant] = tenants;
  const size = isKnown(largest) ? formatSize(largest.value) : "";
  return consequence({
    class: "breaks",
    sentence: `${named(topic)} has records of up to ${size}: with ${formatSize(after ?? 0)} they would have been refused, and the producer gets RecordTooLargeException.`,
    detail: [producersOf([changed.scoped], { services: registry.services }), seen(largest), SPLIT].filter(Boolean).join(" "),
    tenantId: tenants.length === 1 ? (tenant?.tenant.id ?? null) : null,
    clusterId: cluster.clusterId,
    links: [{ label: named(topic), href: paths.topic(cluster.clusterId, topic) }],
  });
}

/** What the sample says of itself: "of 500 records". */
function seen(largest: Observed<number>): string | null {
  return isKnown(largest) && largest.note !== undefined ? `Seen in a sample: ${largest.note}` : null;
}

function restOf(topics: readonly SizedTopic[], { registry }: PlanFacts): Consequence[] {
  if (topics.length === 0) return [];
  const names = listed(topics.map(({ changed }) => changed.scoped.topic));
  const sentence = `${formatCountOf(topics.length, "more topic has", "more topics have")} records that would have been refused: ${names}.`;
  const scoped = topics.map(({ changed }) => changed.scoped);
  return [consequence({ class: "breaks", sentence, detail: producersOf(scoped, { services: registry.services }) })];
}

function fits(topics: readonly SizedTopic[]): Consequence[] {
  if (topics.length === 0) return [];
  const largest = Math.max(...topics.map((topic) => (isKnown(topic.largest) ? topic.largest.value : 0)));
  const where = nameOrCount(
    topics.map(({ changed }) => changed.scoped.topic),
    "topic",
  );
  const sentence = `The largest record seen of ${where} is ${formatSize(largest)}: it fits.`;
  return [consequence({ class: "fine", sentence, detail: `Records that are there stay as they are. ${SPLIT}` })];
}

function notSeen(topics: readonly SizedTopic[], { registry }: PlanFacts): Consequence[] {
  const [first] = topics;
  if (first === undefined) return [];
  const where = nameOrCount(
    topics.map(({ changed }) => changed.scoped.topic),
    "topic",
  );
  const why = isKnown(first.largest) ? "" : ` ${first.largest.reason} ${first.largest.remedy}`;
  const scoped = topics.map(({ changed }) => changed.scoped);
  const sentence = `Whether records of ${where} are larger than the new limit is not known; if any are, their producers are refused.`;
  return [consequence({ class: "unseen", sentence, detail: `${producersOf(scoped, { services: registry.services })}${why}` })];
}
