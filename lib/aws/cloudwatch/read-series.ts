import { deadlineOf } from "@/lib/aws/link/ask";
import type { AwsLink } from "@/lib/aws/link/open-link";
import { someAtOnce } from "@/lib/aws/link/some-at-once";
import type { CloudSeries, SeriesRequest } from "@/lib/domain/cloud-facts";
import type { Problem, Reading } from "@/lib/domain/facts";
import { getMetricData, SERIES_PER_CALL, type SeriesAnswer } from "./get-metric-data";
import type { SeriesCache, SeriesOutcome } from "./series-cache";
import { problemsOfSeries } from "./series-problems";
import { type SeriesWindow, windowsOf } from "./series-window";
import type { Spending } from "./spending";

/** CloudWatch allows 50 calls a second; a few at once are quick enough and leave room for others. */
const CALLS_AT_ONCE = 4;

export interface SeriesReader {
  link: AwsLink;
  cache: SeriesCache;
  spending: Spending;
  dollarsPerHour: number;
}

/** Series in the order of the request's keys, each with its status: from the cache where it is fresh, else from CloudWatch. */
export async function readSeries(reader: SeriesReader, request: SeriesRequest): Promise<Reading<CloudSeries[]>> {
  const windows = windowsOf(request).filter(({ startMs, endMs }) => startMs < endMs);
  if (windows.length === 0) return { value: request.keys.map((key) => ({ key, points: [], status: "complete" })), problems: [] };
  const outcomes = await Promise.all(outcomesOf(reader, windows));
  const value = request.keys.map((key, index) => ({ key, ...(outcomes[index]?.answer ?? NOT_ASKED) }));
  return { value, problems: problemsOfSeries(reader.link, outcomes) };
}

const NOT_ASKED: SeriesAnswer = { points: [], status: "failed" };

/** What is fresh or on its way, what the budget lets be asked for now, and what was told earlier in place of the rest. */
function outcomesOf(reader: SeriesReader, windows: readonly SeriesWindow[]): Promise<SeriesOutcome>[] {
  const known = new Map<string, Promise<SeriesOutcome>>();
  const missing = new Map<string, SeriesWindow>();
  for (const window of windows) {
    const kept = reader.cache.get(window);
    if (kept === null) missing.set(window.windowId, window);
    else known.set(window.windowId, kept);
  }
  const allowed = reader.spending.take(missing.size);
  for (const [id, outcome] of askFor(reader, [...missing.values()].slice(0, allowed))) known.set(id, outcome);
  const spent = missing.size > allowed ? overBudget(reader, missing.size - allowed) : null;
  return windows.map((window) => known.get(window.windowId) ?? Promise.resolve(olderOutcome(reader, window, spent)));
}

/** Puts the answers into the cache before they are there, so that whoever asks meanwhile waits for the same calls. */
function askFor(reader: SeriesReader, windows: readonly SeriesWindow[]): Map<string, Promise<SeriesOutcome>> {
  const deadline = deadlineOf(reader.link);
  const outcomes = new Map<string, Promise<SeriesOutcome>>();
  const chunks: { chunk: SeriesWindow[]; resolve: (outcomes: SeriesOutcome[]) => void }[] = [];
  for (let at = 0; at < windows.length; at += SERIES_PER_CALL) {
    const chunk = windows.slice(at, at + SERIES_PER_CALL);
    const { promise, resolve } = Promise.withResolvers<SeriesOutcome[]>();
    chunks.push({ chunk, resolve });
    for (const [index, window] of chunk.entries()) {
      const outcome = promise.then((all) => all[index] ?? { answer: NOT_ASKED, problem: null, askedMs: reader.link.now() });
      outcomes.set(window.windowId, outcome);
      reader.cache.put(window, outcome);
    }
  }
  void someAtOnce(CALLS_AT_ONCE, chunks, async ({ chunk, resolve }) => resolve(await askChunk(reader, chunk, deadline)));
  return outcomes;
}

async function askChunk({ link, spending }: SeriesReader, chunk: readonly SeriesWindow[], deadline: AbortSignal): Promise<SeriesOutcome[]> {
  const answer = await getMetricData(link, chunk, deadline);
  const askedMs = link.now();
  if (answer.ok) return answer.value.map((each) => ({ answer: each, problem: null, askedMs }));
  // After a timeout CloudWatch may have done the work, so it counts.
  if (answer.problem.code !== "timeout") spending.giveBack(chunk.length);
  const status = answer.problem.code === "forbidden" ? "forbidden" : "failed";
  return chunk.map(() => ({ answer: { points: [], status, message: answer.problem.message }, problem: answer.problem, askedMs }));
}

function overBudget({ link, spending, dollarsPerHour }: SeriesReader, series: number): Problem {
  const budget = `${dollarsPerHour} US dollars an hour for CloudWatch in ${link.region}`;
  const free = `${new Date(spending.freeAtMs()).toISOString().slice(0, 16)}Z`;
  return {
    code: "unavailable",
    operation: "GetMetricData",
    message: `The budget of ${budget} is spent: ${series} series were not asked for, older values stand in where there are any.`,
    remedy: `It has room again from ${free}. To ask for more, raise dollarsPerHour of the connection.`,
  };
}

function olderOutcome({ link, cache }: SeriesReader, window: SeriesWindow, problem: Problem | null): SeriesOutcome {
  const older = cache.older(window);
  const askedMs = older?.askedMs ?? link.now();
  const message =
    older === null
      ? "The budget is spent."
      : `The budget is spent; as CloudWatch told at ${new Date(askedMs).toISOString().slice(0, 16)}Z.`;
  return { answer: { points: older?.points ?? [], status: older === null ? "failed" : "partial", message }, problem, askedMs };
}
