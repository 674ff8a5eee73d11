import type { Clock } from "@/lib/collector/clock";
import type { OpenProbe, Probe } from "@/lib/collector/ports";
import { nextTurn } from "@/lib/collector/run-slices";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { RecordFact } from "@/lib/domain/facts";
import {
  beginUsageRound,
  enterUsage,
  openUsageBook,
  refusedSentence,
  USAGE_STEP_MS,
  type UsageBook,
  usageRate,
} from "@/lib/domain/pool/usage-book";
import { readUsage, usagePayload } from "@/lib/domain/pool/usage-record";
import type { WantedReport } from "@/lib/domain/pool/wanted-reports";
import type { ReportedTopic } from "@/lib/domain/reported";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { DIRECTIONS } from "@/lib/domain/views/use";
import { problemWords, type Report, type Reports } from "./report";
import { createTopicFollower, type TopicFollower, type TopicRead, type UsageBudget } from "./topic-follower";

type Offsets = Pick<ClusterSnapshot, "starts" | "ends" | "parts">;

/** Reads all usage topics of one cluster that are wanted, each once however many tenants are in it. Does not reject for a broker's answer. */
export type TopicsReader = (wanted: readonly WantedReport[], cluster: Offsets, connection: ResolvedConnection) => Promise<Reports>;

/** For all usage topics of a cluster, each round. */
export const TOPIC_BOUNDS = { bytes: 4_000_000, records: 20_000, fetches: 200, roundMs: 15_000 } as const;
/** Records are parsed in pieces of so many bytes, each counted for a little more than its value. */
const PIECE_BYTES = 128 * 1024;
const RECORD_BYTES = 256;

type Mapped = WantedReport & { mapping: ReportedTopic };

/** One topic: how far it was read, and what each mapping found in it. */
interface UsageTopic {
  topic: string;
  wanted: readonly Mapped[];
  follower: TopicFollower;
  /** By mapping. */
  books: Map<string, UsageBook>;
  /** The last round in which there was something left of the budget for it. */
  servedIn: number;
}

/** Remembers how far each topic was read. */
export function createTopicsReader(openProbe: OpenProbe, clock: Clock): TopicsReader {
  const topics = new Map<string, UsageTopic>();
  let round = 0;
  let declared: readonly WantedReport[] | null = null;

  function declare(wanted: readonly WantedReport[]): void {
    if (wanted === declared) return;
    declared = wanted;
    const mapped = wanted.flatMap((one) => (one.reported.kafka === undefined ? [] : [{ ...one, mapping: one.reported.kafka }]));
    const byTopic = Map.groupBy(mapped, ({ mapping }) => mapping.topic);
    for (const topic of topics.keys()) if (!byTopic.has(topic)) topics.delete(topic);
    for (const [topic, own] of byTopic) topics.set(topic, topicOf(topic, own, topics.get(topic)));
  }

  async function readTopic(one: UsageTopic, probe: Probe, { starts, ends, parts }: Offsets, budget: UsageBudget): Promise<TopicRead> {
    const nowMs = clock.now();
    for (const book of one.books.values()) beginUsageRound(book, nowMs);
    const fetchesBefore = budget.fetches;
    const endsAtMs = Date.parse(parts.offsets.at ?? "");
    const offsets = { starts: starts.get(one.topic), ends: ends.get(one.topic), endsAtMs };
    const read = await one.follower.read(probe, offsets, budget, (records) => enterAll(one, records, nowMs));
    if (!read.isBehind || budget.fetches < fetchesBefore) one.servedIn = round;
    // Reading begins anew near the end, and what was met before would be counted twice.
    if (read.isLost) topics.set(one.topic, { ...topicOf(one.topic, one.wanted, undefined, nowMs), servedIn: one.servedIn });
    return read;
  }

  return async (wanted, cluster, connection) => {
    declare(wanted);
    const reports: Reports = new Map();
    if (topics.size === 0) return reports;
    if (connection.samples === "off") return allWith(topics.values(), SAMPLES_OFF, reports);
    // Before its offsets were read for the first time it is not known what the cluster has.
    if (cluster.parts.offsets.at === null) return reports;
    const { bytes, records, fetches, roundMs } = TOPIC_BOUNDS;
    const budget: UsageBudget = { bytes, records, fetches, endMs: clock.now() + roundMs };
    round += 1;
    const probe = openProbe(connection);
    try {
      // Those that were left out before go first, so that one full topic does not keep the others waiting for good.
      for (const one of [...topics.values()].toSorted((a, b) => a.servedIn - b.servedIn)) {
        addReports(reports, one, await readTopic(one, probe, cluster, budget), clock.now());
      }
    } finally {
      probe.close();
    }
    return reports;
  };

  /** What was read before is kept as long as it knew every tenant that is declared now: of others it kept nothing. */
  function topicOf(topic: string, wanted: readonly Mapped[], before: UsageTopic | undefined, sinceMs?: number): UsageTopic {
    const byMapping = Map.groupBy(wanted, ({ mapping }) => mappingKey(mapping));
    const isKnown =
      before !== undefined &&
      before.books.size === byMapping.size &&
      [...byMapping].every(([key, own]) => own.every(({ value }) => before.books.get(key)?.entries.has(value)));
    if (isKnown) return { ...before, wanted };
    const book = (own: readonly Mapped[], { mapping }: Mapped) =>
      openUsageBook(
        mapping,
        own.map(({ value }) => value),
      );
    const books = new Map([...byMapping].flatMap(([key, own]) => (own[0] === undefined ? [] : [[key, book(own, own[0])] as const])));
    return { topic, wanted, follower: createTopicFollower(topic, clock, sinceMs), books, servedIn: 0 };
  }
}

/** Each record is parsed once, in pieces that leave the event loop its turns. */
async function enterAll({ books }: UsageTopic, records: readonly RecordFact[], nowMs: number): Promise<void> {
  let piece = 0;
  for (const record of records) {
    const parsed = usagePayload(record);
    for (const book of books.values()) enterUsage(book, readUsage(record, parsed, book.mapping, nowMs), nowMs);
    piece += books.size * (RECORD_BYTES + (record.value?.length ?? 0));
    if (piece < PIECE_BYTES) continue;
    piece = 0;
    await nextTurn();
  }
}

function mappingKey({ topic, tenant, at, seconds, produce, consume }: ReportedTopic): string {
  return JSON.stringify([topic, Object.entries(tenant), at, seconds, produce, consume]);
}

function addReports(reports: Reports, { topic, wanted, books }: UsageTopic, read: TopicRead, nowMs: number): void {
  const refused = new Map([...books].map(([key, book]) => [key, refusedSentence(book)]));
  for (const { tenantId, value, mapping } of wanted) {
    const key = mappingKey(mapping);
    const book = books.get(key);
    const report: Report = { rates: {}, problem: read.problem === null ? null : problemWords(read.problem) };
    for (const direction of DIRECTIONS) {
      if (mapping[direction] === undefined) continue;
      report.rates[direction] = book === undefined || read.isLost ? null : usageRate(book, value, direction, read.coverage);
    }
    if (Object.values(report.rates).includes(null)) report.problem ??= whyNothing(topic, read, refused.get(key) ?? null, nowMs);
    reports.set(tenantId, report);
  }
}

function whyNothing(topic: string, { coverage, isBehind }: TopicRead, refused: string | null, nowMs: number): Report["problem"] {
  if (isBehind) return { message: `More is written to ${topic} than the console reads in a minute.`, remedy: WRITE_LESS };
  if (refused !== null)
    return { message: refused, remedy: "Check what the application writes there, and the names that the placement gives." };
  if (nowMs - coverage.sinceMs > 2 * USAGE_STEP_MS) return null;
  return { message: `The console has not read five whole minutes of ${topic} yet.`, remedy: "It reads on by itself." };
}

function allWith(topics: Iterable<UsageTopic>, problem: NonNullable<Report["problem"]>, reports: Reports): Reports {
  for (const { wanted } of topics) {
    for (const { tenantId, mapping } of wanted) {
      const rates = Object.fromEntries(
        DIRECTIONS.filter((direction) => mapping[direction] !== undefined).map((direction) => [direction, null]),
      );
      reports.set(tenantId, { rates, problem });
    }
  }
  return reports;
}

const WRITE_LESS =
  "One record a minute for each tenant is enough; at most 4 MB and 20,000 records a minute are read of a cluster's usage topics.";
const SAMPLES_OFF = {
  message: "The cluster's connection has `samples: off`, so none of its records is read, and no usage topic either.",
  remedy: "Take `samples: off` out of the connection, or report through CloudWatch or a page.",
};
