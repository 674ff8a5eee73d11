import { State, type Tone } from "@/components/ui/state";
import type { ChangeState, OperationState } from "@/lib/domain/change/operation";
import type { ChangeKind } from "@/lib/domain/change/request";
import { formatCount } from "@/lib/domain/format";
import type { OperationCounts } from "@/lib/domain/views/changes";

interface Words {
  tone: Tone | null;
  word: string;
}

export const STATE_WORDS: Record<ChangeState, Words> = {
  waiting: { tone: "info", word: "waiting" },
  running: { tone: "info", word: "running" },
  paused: { tone: "warn", word: "paused" },
  cancelling: { tone: "info", word: "cancelling" },
  applied: { tone: "ok", word: "applied, verified" },
  partly: { tone: "danger", word: "partly applied" },
  failed: { tone: "danger", word: "failed" },
  unverified: { tone: "warn", word: "written, not seen" },
  cancelled: { tone: null, word: "cancelled" },
};

export const OPERATION_WORDS: Record<OperationState, Words> = {
  pending: { tone: null, word: "to come" },
  started: { tone: "info", word: "under way" },
  applied: { tone: "ok", word: "applied" },
  failed: { tone: "danger", word: "failed" },
  conflict: { tone: "danger", word: "conflict" },
  unverified: { tone: "warn", word: "not seen" },
  "not-attempted": { tone: null, word: "not attempted" },
};

/** What kinds of change are called in a filter. */
export const KIND_WORDS: Record<ChangeKind, string> = {
  retention: "Retention",
  "message-size": "Message size",
  partitions: "Partitions",
  quota: "Quotas",
  "quota-rule": "A quota rule",
  measure: "Measuring",
  tier: "Tier of a tenant",
  "tier-definition": "A tier’s promise",
  "tier-archive": "Archived tier",
  brake: "Brake",
  "brake-release": "Brake released",
  "bring-back": "Brought back",
  adopt: "Adopted",
  "override-end": "Override ended",
  "managed-elsewhere": "Managed elsewhere",
  revert: "Revert",
};

function Word({ words: { tone, word } }: { words: Words }) {
  return tone === null ? <span className="tone-muted">{word}</span> : <State tone={tone}>{word}</State>;
}

export function ChangeStateWord({ state }: { state: ChangeState }) {
  return <Word words={STATE_WORDS[state]} />;
}

export function OperationStateWord({ state }: { state: OperationState }) {
  return <Word words={OPERATION_WORDS[state]} />;
}

/** What is done first, then what went otherwise, then what is still to come. */
const ORDER: readonly OperationState[] = ["applied", "unverified", "conflict", "failed", "not-attempted", "started", "pending"];

/** How many there are in each state. */
export function countList(counts: OperationCounts): { state: OperationState; count: number; words: string }[] {
  return ORDER.flatMap((state) => {
    const count = counts[state] ?? 0;
    return count === 0 ? [] : [{ state, count, words: `${formatCount(count)} ${OPERATION_WORDS[state].word}` }];
  });
}

export function totalOf(counts: OperationCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
