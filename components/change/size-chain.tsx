import { ObservedValue } from "@/components/tenancy/source-mark";
import { State } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import type { SizeChain as Chain } from "@/lib/domain/change/plan";
import { formatSize } from "@/lib/domain/change/words";
import { formatBytes, formatCount } from "@/lib/domain/format";

type Step = Chain["steps"][number];

const COLUMNS: readonly Column<Step>[] = [
  { key: "where", head: "A record passes", className: "name", cell: ({ where }) => <bdi>{where}</bdi> },
  { key: "key", head: "Setting", mono: true, cell: ({ key }) => key },
  {
    key: "bytes",
    head: "Admits",
    align: "right",
    cell: ({ bytes }) =>
      bytes === null ? <span className="tone-faint">unknown</span> : <span title={`${formatCount(bytes)} bytes`}>{formatSize(bytes)}</span>,
  },
  { key: "source", head: "Comes from", cell: ({ source }) => <bdi className="tone-muted">{source}</bdi> },
  { key: "fits", head: "New size", cell: ({ fits }) => <Fits fits={fits} /> },
];

function Fits({ fits }: Pick<Step, "fits">) {
  if (fits === null) return <span className="tone-muted">cannot be seen</span>;
  return fits ? <State tone="ok">fits</State> : <State tone="danger">does not fit</State>;
}

/** The settings that a record passes on its way, each of which must admit it, and the largest record that was seen. */
export function SizeChain({ chain }: { chain: Chain }) {
  return (
    <>
      <DataTable
        caption="What a record passes, from producer to consumer"
        className="tight"
        columns={COLUMNS}
        rows={chain.steps}
        rowKey={({ where, key }) => `${where} ${key}`}
      />
      <p className="tone-muted">
        Largest record seen: <ObservedValue observed={chain.largestRecordBytes} format={formatBytes} />
      </p>
    </>
  );
}
