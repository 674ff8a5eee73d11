import type { Answer } from "@/lib/aws/link/ask";
import type { Problem } from "@/lib/domain/facts";

/** How long a value serves without a question: a rotation is found within this time, or as soon as the old value is refused. */
const FRESH_MS = 5 * 60_000;
/** What was asked for is not asked for again sooner, whatever it came to. */
const GAP_MS = 30_000;

/** Failures that pass by themselves; any other one says that the value is not ours to use any longer. */
const PASSING: ReadonlySet<Problem["code"]> = new Set(["unreachable", "timeout", "unavailable", "authentication"]);

/** The text of one secret, kept for some minutes. */
export interface KeptText {
  read: () => Promise<Answer<string>>;
  /** The text as it is was not accepted: the next reading asks anew. */
  doubt: (text: string) => void;
}

/**
 * Everybody who reads at the same time waits for the same question. A text that was known serves on while Secrets Manager falls silent,
 * unless it was refused.
 */
export function keepText(ask: () => Promise<Answer<string>>, now: () => number): KeptText {
  let known: { text: string; atMs: number } | null = null;
  let doubted = false;
  let last: { answer: Promise<Answer<string>>; atMs: number; underWay: boolean } | null = null;

  const serve = (answer: Answer<string>): Answer<string> => {
    if (answer.ok) {
      known = { text: answer.value, atMs: now() };
      doubted = false;
      return answer;
    }
    if (!PASSING.has(answer.problem.code)) known = null;
    return known !== null && !doubted ? { ok: true, value: known.text } : answer;
  };

  return {
    read() {
      if (known !== null && !doubted && now() - known.atMs < FRESH_MS) return Promise.resolve({ ok: true, value: known.text });
      if (last !== null && (last.underWay || now() - last.atMs < GAP_MS)) return last.answer;
      const question = { answer: ask().then(serve), atMs: now(), underWay: true };
      last = question;
      void question.answer.finally(() => {
        question.underWay = false;
      });
      return question.answer;
    },
    doubt(text) {
      if (known?.text === text) doubted = true;
    },
  };
}
