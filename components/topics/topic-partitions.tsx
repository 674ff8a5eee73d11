import { SectionHead } from "@/components/ui/section";
import { type Column, DataTable } from "@/components/ui/table";
import { formatBytes } from "@/lib/domain/format";
import type { TopicDetail } from "@/lib/domain/views/clusters";

type Partition = TopicDetail["partitionList"][number];

const UNKNOWN = <span className="tone-faint">unknown</span>;
const offset = (value: string | null) => (value === null ? UNKNOWN : BigInt(value).toLocaleString("en-US"));
const records = ({ startOffset, endOffset }: Partition) =>
  startOffset === null || endOffset === null ? UNKNOWN : (BigInt(endOffset) - BigInt(startOffset)).toLocaleString("en-US");

function InSync({ partition: { replicas, isr } }: { partition: Partition }) {
  const missing = replicas.filter((id) => !isr.includes(id));
  if (missing.length === 0) return <>all {replicas.length}</>;
  return (
    <span className="tone-warn">
      {isr.length} of {replicas.length}, without {missing.join(", ")}
    </span>
  );
}

const COLUMNS: readonly Column<Partition, string>[] = [
  { key: "partition", head: "Partition", className: "name", cell: ({ partition }) => String(partition) },
  { key: "leader", head: "Leader", align: "right", cell: ({ leaderId }) => leaderId ?? <span className="tone-danger">none</span> },
  { key: "replicas", head: "Replicas", cell: ({ replicas }) => replicas.join(", ") },
  { key: "isr", head: "In sync", cell: (partition) => <InSync partition={partition} /> },
  { key: "start", head: "Start", align: "right", cell: ({ startOffset }) => offset(startOffset) },
  { key: "end", head: "End", align: "right", cell: ({ endOffset }) => offset(endOffset) },
  { key: "records", head: "Offsets kept", align: "right", cell: records },
  { key: "size", head: "Size", align: "right", cell: ({ sizeBytes }) => (sizeBytes === null ? UNKNOWN : formatBytes(sizeBytes)) },
];

/** The topic's partitions: who leads and follows, and what is kept. */
export function TopicPartitions({ topic }: { topic: TopicDetail }) {
  return (
    <section>
      <SectionHead title="Partitions" />
      <DataTable caption="Partitions" columns={COLUMNS} rows={topic.partitionList} rowKey={({ partition }) => String(partition)} />
    </section>
  );
}
