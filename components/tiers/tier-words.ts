import { formatSize } from "@/lib/domain/change/words";
import { formatSetRate, formatSpan } from "@/lib/domain/format";
import type { Tier } from "@/lib/domain/tier";

/** What a tenant gets, and how far it may go; null: the tier says nothing of it. */
export interface BoundWords {
  value: string | null;
  bound: string | null;
}

export function retentionWords({ retentionMs }: Tier): BoundWords {
  return bounded(retentionMs, formatSpan);
}

export function messageSizeWords({ maxMessageBytes }: Tier): BoundWords {
  return bounded(maxMessageBytes, formatSize);
}

function bounded(given: { default?: number; max?: number } | undefined, format: (value: number) => string): BoundWords {
  const words = (value: number | undefined) => (value === undefined ? null : format(value));
  return { value: words(given?.default), bound: words(given?.max) };
}

export function promiseWords(bytesPerSecond: number | undefined): string | null {
  return bytesPerSecond === undefined ? null : formatSetRate(bytesPerSecond);
}

const PRICE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** In the currency of whoever declared it: the console knows none. */
export function priceWords({ pricePerMonth }: Tier): string | null {
  return pricePerMonth === undefined ? null : PRICE.format(pricePerMonth);
}
