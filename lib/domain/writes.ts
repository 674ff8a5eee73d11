import type { Problem, QuotaEntity, QuotaKey } from "./facts";

/** What one item of a write came to. `uncertain`: the request may have arrived although no answer did (time-out, cut connection): read back before trying again. */
export type WriteAnswer = { ok: true } | { ok: false; problem: Problem; uncertain: boolean };

/** null takes the topic's own value away, so that the inherited one counts again. */
export interface TopicConfigWrite {
  topic: string;
  entries: readonly { key: string; value: string | null }[];
}

/** null removes the key from the rule. */
export interface QuotaWrite {
  entity: QuotaEntity;
  values: Partial<Record<QuotaKey, number | null>>;
}

export interface PartitionsWrite {
  topic: string;
  count: number;
}

export interface WriteOptions {
  validateOnly?: boolean;
}
