import type { Problem } from "@/lib/domain/facts";
import type { WriteAnswer, WriteOptions } from "@/lib/domain/writes";
import { errorName, isUndecided, problemOfCode } from "@/lib/kafka/problems/answered-error";
import { problemOf } from "@/lib/kafka/problems/failure";
import { inDistinctBatches } from "./batches";
import type { Attempt, BrokerSet } from "./link/broker-set";
import { decodeMetadata, METADATA } from "./protocol/metadata";
import type { Operation } from "./protocol/operation";

/** One kind of write as the protocol has it: a request holds many items, and its answer an error code for each. */
export interface WriteCall<Write, Args extends unknown[], Answer> {
  operation: Operation<Args, Answer>;
  itemsPerRequest: number;
  /** Whether the same request may arrive twice without harm. */
  repeatable: boolean;
  /** What an answer calls the item. A request may name it once, so what is named again goes in a later one. */
  keyOf: (write: Write) => string;
  /** The item for people: a topic's name, a quota's entity. */
  nameOf: (write: Write) => string;
  request: (writes: readonly Write[], validateOnly: boolean) => Args;
  results: (answer: Answer) => ItemResult[];
}

export interface ItemResult {
  key: string;
  errorCode: number;
  /** The broker's own sentence. */
  sentence: string | null | undefined;
}

/** A broker passes a write on to the controller and waits for it, which takes longer than answering by itself. */
export const WRITE_DEADLINE_MS = 10_000;

/** How the items of one request are asked for. */
interface Asking {
  validateOnly: boolean;
  /** Only this broker; absent: any. */
  brokerId?: number;
  /** An earlier request for the same items may have been carried out. */
  mayStand: boolean;
}

/** What an item came to, and whether the broker that was asked was the wrong one for it. */
interface Outcome {
  answer: WriteAnswer;
  misplaced: boolean;
}

/** Why an item was not done. `undecided`: the answer leaves open whether it was. */
interface Refusal {
  problem: Problem;
  undecided: boolean;
  misplaced: boolean;
}

/** Writes all items, request by request, and answers in their order. A request that fails costs only its own items. */
export async function writeItems<Write, Args extends unknown[], Answer>(
  brokers: BrokerSet,
  call: WriteCall<Write, Args, Answer>,
  writes: readonly Write[],
  { validateOnly = false }: WriteOptions,
): Promise<WriteAnswer[]> {
  const answers: WriteAnswer[] = [];
  for (const batch of inDistinctBatches(writes, call.itemsPerRequest, call.keyOf)) {
    answers.push(...(await writeBatch(brokers, call, batch, validateOnly)));
  }
  return answers;
}

/**
 * Any broker takes a write, as KRaft brokers pass it on. What one refuses for not being the controller is asked once more, of the broker
 * that the cluster names as its controller.
 */
async function writeBatch<Write, Args extends unknown[], Answer>(
  brokers: BrokerSet,
  call: WriteCall<Write, Args, Answer>,
  batch: readonly Write[],
  validateOnly: boolean,
): Promise<WriteAnswer[]> {
  const first = await askFor(brokers, call, batch, { validateOnly, mayStand: false });
  const misplaced = batch.filter((_, index) => first[index]?.misplaced);
  const brokerId = misplaced.length === 0 ? null : await readControllerId(brokers);
  if (brokerId === null) return first.map(({ answer }) => answer);
  const again = (await askFor(brokers, call, misplaced, { validateOnly, brokerId, mayStand: true })).values();
  return first.map((outcome) => (outcome.misplaced ? (again.next().value ?? outcome) : outcome).answer);
}

async function askFor<Write, Args extends unknown[], Answer>(
  brokers: BrokerSet,
  call: WriteCall<Write, Args, Answer>,
  writes: readonly Write[],
  { validateOnly, mayStand, ...where }: Asking,
): Promise<Outcome[]> {
  const how = { deadlineMs: WRITE_DEADLINE_MS, repeatable: call.repeatable || validateOnly, ...where };
  const attempt = await brokers.change(call.operation, call.request(writes, validateOnly), how);
  const refusalOf = refusals(call, attempt);
  return writes.map((write): Outcome => {
    const refusal = refusalOf(write);
    if (refusal === null) return { answer: { ok: true }, misplaced: false };
    const { problem, undecided, misplaced } = refusal;
    const uncertain = !validateOnly && (undecided || attempt.lost || mayStand);
    return { answer: { ok: false, problem: { ...problem, resource: call.nameOf(write) }, uncertain }, misplaced };
  });
}

/** Reads an answer item by item; null: done. */
function refusals<Write, Args extends unknown[], Answer>(
  { operation: { name: operation }, keyOf, nameOf, results }: WriteCall<Write, Args, Answer>,
  attempt: Attempt<Answer>,
): (write: Write) => Refusal | null {
  if ("failure" in attempt) {
    const problem = problemOf(operation, attempt.failure);
    return () => ({ problem, undecided: false, misplaced: false });
  }
  const told = new Map(results(attempt.answered.answer).map((result) => [result.key, result]));
  return (write) => {
    const result = told.get(keyOf(write));
    if (!result) return { problem: leftOut(operation), undecided: true, misplaced: false };
    const { errorCode, sentence } = result;
    if (errorCode === 0) return null;
    const problem = problemOfCode(errorCode, { operation, sentence, resource: nameOf(write) });
    return { problem, undecided: isUndecided(errorCode), misplaced: errorName(errorCode) === "NOT_CONTROLLER" };
  };
}

function leftOut(operation: string): Problem {
  return { code: "invalid", operation, message: "The broker's answer says nothing of this one." };
}

/** The broker that the cluster calls its controller; in KRaft mode one that passes writes on. null: none that can be asked. */
async function readControllerId(brokers: BrokerSet): Promise<number | null> {
  try {
    const { answer } = await brokers.any(METADATA, [[], false, false]);
    const { facts } = await decodeMetadata(answer);
    brokers.adopt(facts.brokers);
    return brokers.brokerIds.find((id) => id === facts.controllerId) ?? null;
  } catch {
    return null;
  }
}
