import { ModelWord } from "@/components/tenancy/model-word";
import type { Column } from "@/components/ui/table";
import { formatCount, formatSpan } from "@/lib/domain/format";
import type { TierView } from "@/lib/domain/views/tenants";
import { type BoundWords, messageSizeWords, priceWords, promiseWords, retentionWords } from "./tier-words";

function Words({ words, none }: { words: string | null; none: string }) {
  return words === null ? <span className="tone-faint">{none}</span> : <span>{words}</span>;
}

/** What a tenant gets, and under it how far it may go. */
function Bounded({ words: { value, bound } }: { words: BoundWords }) {
  return (
    <span>
      <Words words={value} none="not declared" />
      <span className="sub">{bound === null ? "no bound" : `to ${bound}`}</span>
    </span>
  );
}

function Count({ value, tone }: { value: number; tone?: "info" }) {
  if (value === 0) return <span className="tone-faint">0</span>;
  return <span className={tone === undefined ? undefined : `tone-${tone}`}>{formatCount(value)}</span>;
}

/** The tiers as a list: what each promises, and how its tenants stand to it. */
export const TIER_COLUMNS: readonly Column<TierView>[] = [
  {
    key: "name",
    head: "Tier",
    className: "name",
    cell: ({ name, archived }) => (
      <>
        <bdi>{name}</bdi>
        {archived === true ? <span className="tone-muted tier-archived"> archived</span> : null}
      </>
    ),
  },
  { key: "model", head: "Model", cell: ({ model }) => <ModelWord model={model} /> },
  { key: "tenants", head: "Tenants", align: "right", cell: ({ tenantCount }) => <Count value={tenantCount} /> },
  {
    key: "produce",
    head: "Produce",
    align: "right",
    cell: ({ produceBytesPerSecond }) => <Words words={promiseWords(produceBytesPerSecond)} none="nothing" />,
  },
  {
    key: "consume",
    head: "Consume",
    align: "right",
    cell: ({ consumeBytesPerSecond }) => <Words words={promiseWords(consumeBytesPerSecond)} none="nothing" />,
  },
  { key: "retention", head: "Retention", align: "right", cell: (tier) => <Bounded words={retentionWords(tier)} /> },
  { key: "size", head: "Message size", align: "right", cell: (tier) => <Bounded words={messageSizeWords(tier)} /> },
  {
    key: "lag",
    head: "Lag objective",
    align: "right",
    cell: ({ lagObjectiveMs }) => <Words words={lagObjectiveMs === undefined ? null : formatSpan(lagObjectiveMs)} none="none" />,
  },
  { key: "price", head: "Price a month", align: "right", cell: (tier) => <Words words={priceWords(tier)} none="not declared" /> },
  { key: "overrides", head: "With overrides", align: "right", cell: ({ overridingCount }) => <Count value={overridingCount} /> },
  { key: "drift", head: "With drift", align: "right", cell: ({ driftingCount }) => <Count value={driftingCount} tone="info" /> },
];
