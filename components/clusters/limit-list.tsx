import { ObservedValue } from "@/components/tenancy/source-mark";
import { SectionHead } from "@/components/ui/section";
import { type Column, DataTable } from "@/components/ui/table";
import { formatByteRate, formatBytes, formatCount, formatPercent } from "@/lib/domain/format";
import type { LimitView } from "@/lib/domain/views/clusters";

const NEAR = 0.8;

/** A number of a limit's own unit; units that the console does not know stand behind it as they are. */
function formatIn(unit: string): (value: number) => string {
  if (unit === "bytes/s") return formatByteRate;
  if (unit === "bytes") return formatBytes;
  return (value) => `${formatCount(value)} ${unit}`;
}

function Share({ limit: { used, limit } }: { limit: LimitView }) {
  if (used.source === "unavailable" || limit <= 0) return <span className="tone-faint">unknown</span>;
  const share = used.value / limit;
  const tone = share > 1 ? "tone-danger" : share >= NEAR ? "tone-warn" : undefined;
  return (
    <span className={tone}>
      {used.atLeast ? "≥ " : ""}
      {formatPercent(share)}
    </span>
  );
}

const COLUMNS: readonly Column<LimitView>[] = [
  { key: "name", head: "Limit", className: "name", cell: ({ name }) => name },
  { key: "used", head: "Used", align: "right", cell: ({ used, unit }) => <ObservedValue observed={used} format={formatIn(unit)} /> },
  { key: "limit", head: "At most", align: "right", cell: ({ limit, unit }) => formatIn(unit)(limit) },
  { key: "share", head: "Share", align: "right", cell: (limit) => <Share limit={limit} /> },
  { key: "source", head: "Where it is written", className: "wraps", cell: ({ source }) => <span className="tone-muted">{source}</span> },
];

/** Published limits of the cluster with what is used of each. */
export function LimitList({ limits }: { limits: readonly LimitView[] }) {
  if (limits.length === 0) return null;
  return (
    <section aria-labelledby="limits">
      <SectionHead id="limits" title="Limits" />
      <DataTable caption="Limits" columns={COLUMNS} rows={limits} rowKey={({ name }) => name} />
    </section>
  );
}
