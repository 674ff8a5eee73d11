import type { ReactNode } from "react";
import { Figure, Figures } from "@/components/ui/figures";
import { formatBytes, formatCount, formatCountOf, formatSetPercent, formatSpan } from "@/lib/domain/format";
import type { Tier } from "@/lib/domain/tier";
import type { TierDetail } from "@/lib/domain/views/tiers";
import { type BoundWords, messageSizeWords, priceWords, promiseWords, retentionWords } from "./tier-words";

const NONE = <span className="tone-faint">none</span>;

function boundNote({ bound }: BoundWords): string {
  return bound === null ? "no bound" : `at most ${bound}`;
}

function partitionNotes({ partitions }: Tier): string[] {
  const { perTopicMax, totalMax } = partitions ?? {};
  if (perTopicMax === undefined && totalMax === undefined) return ["no bound of partitions"];
  return [
    ...(perTopicMax === undefined ? [] : [`≤ ${formatCountOf(perTopicMax, "partition")} a topic`]),
    ...(totalMax === undefined ? [] : [`≤ ${formatCountOf(totalMax, "partition")} in all`]),
  ];
}

/** What the tier promises and bounds, as key figures. */
export function TierFigures({ detail: { tier, counts } }: { detail: TierDetail }) {
  const { requestPercent, lagObjectiveMs, skewAllowance, storageIncludedBytes } = tier;
  const promise = (bytesPerSecond: number | undefined): ReactNode => promiseWords(bytesPerSecond) ?? NONE;
  const retention = retentionWords(tier);
  const size = messageSizeWords(tier);
  const price = priceWords(tier);
  return (
    <Figures>
      <Figure label="Tenants" value={formatCount(counts.tenants)} notes={partitionNotes(tier)} />
      <Figure label="Produce promise" value={promise(tier.produceBytesPerSecond)} notes={[`skew allowance ${skewAllowance}`]} />
      <Figure
        label="Consume promise"
        value={promise(tier.consumeBytesPerSecond)}
        notes={[
          lagObjectiveMs === undefined ? "no lag objective" : `lag objective ${formatSpan(lagObjectiveMs)}`,
          requestPercent === undefined ? null : `request share ${formatSetPercent(requestPercent)}`,
        ]}
      />
      <Figure
        label="Retention"
        value={retention.value ?? NONE}
        notes={[boundNote(retention), storageIncludedBytes === undefined ? null : `${formatBytes(storageIncludedBytes)} included`]}
      />
      <Figure label="Message size" value={size.value ?? NONE} notes={[boundNote(size)]} />
      <Figure label="Price" value={price ?? NONE} unit={price === null ? null : "a month"} />
    </Figures>
  );
}
