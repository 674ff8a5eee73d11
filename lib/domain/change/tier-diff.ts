import { formatBytes, formatSetPercent, formatSetRate, formatSpan } from "@/lib/domain/format";
import { Tier } from "@/lib/domain/tier";
import { formatSize } from "./words";

const PRICE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** What a tier declares, part by part, in words; absent: nothing. */
const PARTS: [name: string, words: (tier: Tier) => string | undefined][] = [
  ["name", ({ name }) => name],
  ["model", ({ model }) => model],
  ["produce", ({ produceBytesPerSecond }) => given(produceBytesPerSecond, formatSetRate)],
  ["consume", ({ consumeBytesPerSecond }) => given(consumeBytesPerSecond, formatSetRate)],
  ["request time", ({ requestPercent }) => given(requestPercent, formatSetPercent)],
  ["retention", ({ retentionMs }) => given(retentionMs?.default, formatSpan)],
  ["retention at most", ({ retentionMs }) => given(retentionMs?.max, formatSpan)],
  ["message size", ({ maxMessageBytes }) => given(maxMessageBytes?.default, formatSize)],
  ["message size at most", ({ maxMessageBytes }) => given(maxMessageBytes?.max, formatSize)],
  ["partitions a topic", ({ partitions }) => given(partitions?.perTopicMax, String)],
  ["partitions in all", ({ partitions }) => given(partitions?.totalMax, String)],
  ["lag objective", ({ lagObjectiveMs }) => given(lagObjectiveMs, formatSpan)],
  ["storage included", ({ storageIncludedBytes }) => given(storageIncludedBytes, formatBytes)],
  ["price", ({ pricePerMonth }) => given(pricePerMonth, (price) => PRICE.format(price))],
  ["skew allowance", ({ skewAllowance }) => String(skewAllowance)],
  ["archived", ({ archived }) => (archived === true ? "archived" : "in use")],
];

function given<T>(value: T | undefined, words: (value: T) => string): string | undefined {
  return value === undefined ? undefined : words(value);
}

/** What of a tier changes, in words for each side: "produce 120 kB/s, price 40". null: one of the two is no tier, or nothing differs. */
export function tierDiff(before: unknown, after: unknown): { before: string; after: string } | null {
  const [was, is] = [Tier.safeParse(before), Tier.safeParse(after)];
  if (!was.success || !is.success) return null;
  const changed = PARTS.map(([name, words]) => ({ name, before: words(was.data), after: words(is.data) })).filter(
    (part) => part.before !== part.after,
  );
  if (changed.length === 0) return null;
  const told = (side: "before" | "after") => changed.map((part) => sideWords(part.name, part[side])).join(", ");
  return { before: told("before"), after: told("after") };
}

function sideWords(name: string, words: string | undefined): string {
  if (words === undefined) return `no ${name}`;
  return name === "name" || name === "model" || name === "archived" ? words : `${name} ${words}`;
}
