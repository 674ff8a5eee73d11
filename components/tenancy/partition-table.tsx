import { Clipped } from "@/components/ui/clipped";
import { type Column, DataTable } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatCount, formatCountOf, formatDuration } from "@/lib/domain/format";
import type { PartitionLag } from "@/lib/domain/views/lag";

function Offset({ value }: { value: string | null }) {
  return value === null ? <span className="tone-faint">unknown</span> : BigInt(value).toLocaleString("en-US");
}

function Amount({ value, format, reason }: { value: number | null; format: (value: number) => string; reason: string | null }) {
  if (value !== null) return <span title={reason ?? undefined}>{format(value)}</span>;
  return (
    <span className="tone-faint" title={reason ?? undefined}>
      unknown
    </span>
  );
}

const COLUMNS: readonly Column<PartitionLag, string>[] = [
  {
    key: "partition",
    head: "Partition",
    mono: true,
    className: "name",
    cell: ({ topic, partition }) => (
      // The number is what tells the rows of one topic apart, so it is never cut off.
      <span className="nowrap" title={`${topic}-${partition}`}>
        <bdi className="clip">{topic}</bdi>-{partition}
      </span>
    ),
  },
  { key: "leader", head: "Leader", align: "right", cell: ({ leaderId }) => leaderId ?? <span className="tone-danger">none</span> },
  {
    key: "member",
    head: "Read by",
    mono: true,
    cell: ({ memberId }) => (memberId === null ? <span className="tone-faint">nobody</span> : <Clipped text={memberId} />),
  },
  { key: "start", head: "Start", align: "right", cell: ({ startOffset }) => <Offset value={startOffset} /> },
  { key: "committed", head: "Committed", align: "right", cell: ({ committedOffset }) => <Offset value={committedOffset} /> },
  { key: "end", head: "End", align: "right", cell: ({ endOffset }) => <Offset value={endOffset} /> },
  {
    key: "records",
    head: "Records behind",
    align: "right",
    cell: ({ recordsBehind, reason }) => <Amount value={recordsBehind} format={formatCount} reason={reason} />,
  },
  {
    key: "time",
    head: "Time behind",
    align: "right",
    cell: ({ timeBehindMs, timeAtLeast, reason }) => (
      <Amount value={timeBehindMs} format={(ms) => `${timeAtLeast ? "≥ " : ""}${formatDuration(ms)}`} reason={reason} />
    ),
  },
  {
    key: "headroom",
    head: "Until loss",
    align: "right",
    cell: ({ headroomRecords, lostRecords }) =>
      lostRecords > 0 ? (
        <span className="tone-danger">{formatCount(lostRecords)} lost</span>
      ) : (
        <Amount value={headroomRecords} format={(value) => formatCountOf(value, "record")} reason={null} />
      ),
  },
  {
    key: "moved",
    head: "Commit moved",
    cell: ({ movedAt }) => (movedAt === null ? <span className="tone-faint">not seen</span> : <Time at={movedAt} />),
  },
];

/** Start, committed and end of every partition of a group, and who reads it. */
export function PartitionTable({
  caption,
  partitions,
  withMembers,
}: {
  caption: string;
  partitions: readonly PartitionLag[];
  withMembers: boolean;
}) {
  const columns = withMembers ? COLUMNS : COLUMNS.filter(({ key }) => key !== "member");
  return <DataTable caption={caption} columns={columns} rows={partitions} rowKey={({ topic, partition }) => `${topic}/${partition}`} />;
}
