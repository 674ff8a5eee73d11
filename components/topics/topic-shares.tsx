import { SourceMark } from "@/components/tenancy/source-mark";
import { Clipped } from "@/components/ui/clipped";
import { SectionHead } from "@/components/ui/section";
import { type Column, DataTable } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatCount, formatPercent } from "@/lib/domain/format";
import type { TopicDetail } from "@/lib/domain/views/clusters";

type Row = NonNullable<TopicDetail["shares"]>["rows"][number];

function Share({ share, error }: { share: number; error: number }) {
  return (
    <>
      {formatPercent(share)} ±{formatPercent(error)}
      <SourceMark
        source="estimated"
        detail={`95 % interval: ${formatPercent(Math.max(0, share - error))} to ${formatPercent(Math.min(1, share + error))}`}
      />
    </>
  );
}

const COLUMNS: readonly Column<Row>[] = [
  {
    key: "name",
    head: "Tenant",
    className: "name",
    cell: ({ name }) => <Clipped text={name} />,
  },
  { key: "bytes", head: "Of bytes", align: "right", cell: ({ bytes, bytesError }) => <Share share={bytes} error={bytesError} /> },
  {
    key: "records",
    head: "Of records",
    align: "right",
    cell: ({ records, recordsError }) => <Share share={records} error={recordsError} />,
  },
];

/** Who is in a shared topic, as far as random batches near its end tell. */
export function TopicShares({ topic: { shares } }: { topic: TopicDetail }) {
  if (shares === null) return null;
  return (
    <section aria-labelledby="shares">
      <SectionHead
        id="shares"
        title="Who is in it"
        note={
          <>
            estimated <Time at={shares.at} /> from {formatCount(shares.draws)} batches at random offsets near the end; whoever is not listed
            was in none of them
          </>
        }
      />
      <DataTable caption="Shares of tenants" columns={COLUMNS} rows={shares.rows} rowKey={({ tenantId, name }) => tenantId ?? name} />
    </section>
  );
}
