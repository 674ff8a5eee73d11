import { type Column, DataTable } from "@/components/ui/table";
import { formatCount, formatDuration } from "@/lib/domain/format";
import type { GroupDetail } from "@/lib/domain/views/lag";

type AwsLag = NonNullable<GroupDetail["awsLag"]>[number];

const COLUMNS: readonly Column<AwsLag>[] = [
  { key: "topic", head: "Topic", cell: ({ topic }) => <bdi className="mono">{topic}</bdi> },
  { key: "sum", head: "SumOffsetLag, records", align: "right", cell: ({ sumOffsetLag }) => countOf(sumOffsetLag) },
  { key: "max", head: "MaxOffsetLag, records of the worst partition", align: "right", cell: ({ maxOffsetLag }) => countOf(maxOffsetLag) },
  {
    key: "drain",
    head: "EstimatedMaxTimeLag, time to drain",
    align: "right",
    cell: ({ estimatedMaxTimeLagSeconds: seconds }) => (seconds === null ? "no datapoint" : formatDuration(seconds * 1000)),
  },
];

function countOf(records: number | null): string {
  return records === null ? "no datapoint" : formatCount(records);
}

/** CloudWatch's lag figures under CloudWatch's names. The time is no age of records: no objective is compared with it. */
export function AwsLagTable({ lags }: { lags: readonly AwsLag[] }) {
  return <DataTable caption="Lag as CloudWatch publishes it" columns={COLUMNS} rows={lags} rowKey={({ topic }) => topic} />;
}
