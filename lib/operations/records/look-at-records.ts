import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import type { Problem, Reading, RecordFact } from "@/lib/domain/facts";
import { showRecord } from "@/lib/domain/records/shown-record";
import { LOOK_RECORDS_MAX, RecordsView } from "@/lib/domain/views/records";
import type { Context } from "@/lib/operations/context";
import { defineOperation } from "@/lib/operations/define";
import { findCluster, found } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";
import { requirePayloadsAllowed, whyRecordsClosed } from "./payloads-allowed";
import { type LogPart, lastRecords, readLogParts, recordsFrom } from "./read-records";

/** Of a topic with more partitions some are read, spread over all. */
const PARTITIONS_MAX = 16;
/** After this no further request to a broker is begun; each has a deadline of its own. */
const LOOK_MS = 10_000;

const Input = z
  .strictObject({
    clusterId: Id,
    topic: z.string().min(1).max(249),
    /** Absent: of the whole topic. */
    partition: z.number().int().min(0).max(2_147_483_647).exactOptional(),
    /** The first offset wanted. Absent: the newest. */
    offset: z
      .string()
      .regex(/^\d{1,19}$/, "must be a number from 0 on")
      .exactOptional(),
    count: z.number().int().min(1).max(LOOK_RECORDS_MAX).default(LOOK_RECORDS_MAX),
  })
  .refine(({ partition, offset }) => offset === undefined || partition !== undefined, {
    path: ["partition"],
    message: "is needed with an offset",
  });
type Input = z.output<typeof Input>;

/** In words for the audit: which records, and never what is in them. */
function aboutLook({ clusterId, topic, partition, offset, count }: Input): string {
  const place = partition === undefined ? "" : `, partition ${partition}`;
  return `cluster ${clusterId}, topic ${topic}${place}, ${offset === undefined ? `newest ${count}` : `${count} from offset ${offset}`}`;
}

/** Its names are those that were asked for, and its content is told as it was found: a name that was taken out would be one that exists. */
export const lookAtRecords = defineOperation({
  name: "lookAtRecords",
  summary:
    "Shows some records of a topic as text: its newest, those of a partition, or those from an offset on. Only where an operator allowed it for the cluster; each look is in the audit before anything is read.",
  method: "POST",
  path: "/api/clusters/{clusterId}/records",
  roles: SUPPORT,
  limits: "within",
  audit: "payload",
  about: aboutLook,
  echoes: true,
  input: Input,
  output: RecordsView,
  act: async (context, input) => {
    const { clusterId, topic } = input;
    const fleet = context.fleet();
    const { summary } = findCluster(fleet, clusterId);
    const row = found(fleet.topics.get(clusterId)?.get(topic), `There is no topic "${topic}" on ${summary.name}.`);
    const closed = whyRecordsClosed(context, row);
    if (closed !== null) throw new AppError("forbidden", closed);
    await requirePayloadsAllowed(context, clusterId, summary.name);
    return oneAtATime(context, () => look(context, input));
  },
});

const looking = new Set<string>();

/** A look holds up to a batch of each partition in memory; whoever asks again has to wait for the first. */
async function oneAtATime<T>({ actor }: Context, work: () => Promise<T>): Promise<T> {
  const who = JSON.stringify([actor.kind, actor.id ?? actor.name]);
  if (looking.has(who)) throw new AppError("too_many", "Your look before this one is not over yet.");
  looking.add(who);
  try {
    return await work();
  } finally {
    looking.delete(who);
  }
}

async function look(context: Context, input: Input): Promise<RecordsView> {
  const log = await readLogParts(context, input.clusterId, input.topic);
  requirePartition(log.partitions, input.partition);
  const isAsked = (partition: number) => input.partition === undefined || input.partition === partition;
  const parts = log.parts.filter(({ partition }) => isAsked(partition));
  const unknown = log.unknown.filter(isAsked).length;
  const problems = parts.length === 0 || unknown > 0 ? log.problems : [];
  const [part] = parts;
  if (input.offset !== undefined && part !== undefined) {
    const reading = await recordsFrom(context, part, offsetWithin(part, input.offset), input.count);
    return view(context, reading.value, { read: 1, of: 1, problems: reading.problems });
  }
  const filled = parts.filter(({ start, end }) => end > start);
  const chosen = spreadOver(filled, PARTITIONS_MAX);
  const lateMs = performance.now() + LOOK_MS;
  const readings = await Promise.all(chosen.map((one) => lastRecords(context, one, input.count, () => performance.now() > lateMs)));
  const told = [...problems, ...readings.flatMap((reading) => reading.problems)];
  return view(context, newestOf(readings, input.count), { read: chosen.length, of: filled.length + unknown, problems: told });
}

/** Throws AppError `invalid` for a partition that the topic does not have. `partitions`: 0 where that is not known. */
function requirePartition(partitions: number, partition = 0): void {
  if (partitions === 0 || partition < partitions) return;
  throw invalid("partition", partitions === 1 ? "must be 0" : `must be from 0 to ${partitions - 1}`);
}

/** Throws AppError `invalid` with the range that there is. */
function offsetWithin({ start, end }: LogPart, offset: string): bigint {
  const wanted = BigInt(offset);
  if (wanted >= start && wanted < end) return wanted;
  if (start === end) throw invalid("offset", `is not there: the partition is empty, and its next record will have ${end}`);
  throw invalid("offset", `is not there: the partition holds ${start} to ${end - 1n} now`);
}

function invalid(path: string, message: string): AppError {
  return new AppError("invalid", `${path}: ${message}`, { details: [{ path, message }] });
}

function spreadOver<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return items.filter((_, index) => Math.floor((index * count) / items.length) !== Math.floor(((index - 1) * count) / items.length));
}

/** By the time in the record; those of one partition stay in the order of its log. */
function newestOf(readings: readonly Reading<RecordFact[]>[], count: number): RecordFact[] {
  const lists = readings.map(({ value }) => value.toReversed()).filter((list) => list.length > 0);
  const newest: RecordFact[] = [];
  while (newest.length < count) {
    const [list] = lists.filter(([head]) => head !== undefined).toSorted(([a], [b]) => (b?.timestampMs ?? 0) - (a?.timestampMs ?? 0));
    const head = list?.shift();
    if (head === undefined) break;
    newest.push(head);
  }
  return newest;
}

function view(
  { now }: Context,
  records: readonly RecordFact[],
  { read, of, problems }: { read: number; of: number; problems: readonly Problem[] },
): RecordsView {
  const told = new Map(problems.map((problem) => [`${problem.message} ${problem.remedy}`, problem]));
  return { records: records.map(showRecord), partitionsRead: read, partitions: of, problems: [...told.values()], at: now().toISOString() };
}
