import type { z } from "zod";
import type { SearchHit } from "@/lib/domain/views/clusters";

export type Hit = z.output<typeof SearchHit>;

const KIND_ORDER: Record<Hit["kind"], number> = { ticket: -1, tenant: 0, cluster: 1, topic: 2, group: 3, principal: 4 };
const WORD_CHARACTER = /[\p{L}\p{N}]/u;
/** So many finds are gathered before all but the best are let go. */
const GATHERED_MAX = 1000;

interface Find {
  closeness: number;
  kind: Hit["kind"];
  title: string;
  hit: () => Hit;
}

export interface BestHits {
  /** Takes a thing with its texts: its title first, then other names of it. */
  offer: (kind: Hit["kind"], texts: readonly string[], hit: () => Hit) => void;
  /**
   * The best, best first: by how well they fit, then tenants before clusters, topics, groups and principals, then the shorter
   * title.
   */
  take: () => Hit[];
}

/** Gathers what fits some words, whatever the letter case. Several words must all be there. */
export function bestHits(query: string, max: number): BestHits {
  const words = query.trim().toLowerCase();
  const parts = words.split(/\s+/);
  let finds: Find[] = [];
  const keepBest = (): void => {
    finds = finds.toSorted(compareFinds).slice(0, max);
  };
  return {
    offer(kind, texts, hit) {
      const closeness = words === "" ? null : closest(texts, words, parts);
      if (closeness === null) return;
      finds.push({ closeness, kind, title: texts[0] ?? "", hit });
      if (finds.length >= GATHERED_MAX) keepBest();
    },
    take() {
      keepBest();
      return finds.map(({ hit }) => hit());
    },
  };
}

function compareFinds(a: Find, b: Find): number {
  return (
    a.closeness - b.closeness ||
    KIND_ORDER[a.kind] - KIND_ORDER[b.kind] ||
    a.title.length - b.title.length ||
    (a.title < b.title ? -1 : a.title > b.title ? 1 : 0)
  );
}

function closest(texts: readonly string[], words: string, parts: readonly string[]): number | null {
  let best: number | null = null;
  for (const text of texts) {
    const closeness = closenessOf(text.toLowerCase(), words);
    if (closeness !== null && (best === null || closeness < best)) best = closeness;
  }
  if (best !== null || parts.length === 1) return best;
  const all = texts.join("\n").toLowerCase();
  return parts.every((part) => all.includes(part)) ? 4 : null;
}

/** 0 the same, 1 begins so, 2 a word of it begins so, 3 somewhere inside; null not at all. */
function closenessOf(text: string, words: string): number | null {
  const at = text.indexOf(words);
  if (at === -1) return null;
  if (at === 0) return text.length === words.length ? 0 : 1;
  for (let next = at; next !== -1; next = text.indexOf(words, next + 1)) {
    if (!WORD_CHARACTER.test(text[next - 1] ?? "")) return 2;
  }
  return 3;
}
