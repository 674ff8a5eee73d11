import { SectionHead } from "@/components/ui/section";
import { State } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatSpan } from "@/lib/domain/format";
import type { ClusterDetail } from "@/lib/domain/views/clusters";

type PartState = ClusterDetail["parts"][number];

const PART_WORDS: Record<PartState["part"], string> = {
  metadata: "Brokers and topics",
  offsets: "Groups, commits and ends",
  starts: "Starts of the logs",
  logs: "Log sizes",
  exporter: "Exporters",
  quotas: "Quotas",
  acls: "ACLs",
  scram: "SCRAM users",
  configs: "Topic configurations",
  msk: "MSK",
  cloudwatch: "CloudWatch",
};

function PartHealth({ part }: { part: PartState }) {
  const [first] = part.problems;
  if (first !== undefined) {
    const more = part.problems.length > 1 ? ` and ${part.problems.length - 1} more` : "";
    return (
      <State tone="warn" title={part.problems.map(({ message }) => message).join("\n")}>
        <bdi>{first.message}</bdi>
        {more}
      </State>
    );
  }
  if (part.at === null) return <span className="tone-muted">not read yet</span>;
  return part.stale ? <State tone="warn">older than three readings</State> : <State tone="ok">whole</State>;
}

const COLUMNS: readonly Column<PartState>[] = [
  { key: "part", head: "Source", cell: ({ part }) => PART_WORDS[part], className: "name" },
  { key: "at", head: "Read", cell: ({ at }) => (at === null ? "never" : <Time at={at} />) },
  { key: "interval", head: "Every", align: "right", cell: ({ intervalMs }) => formatSpan(intervalMs) },
  { key: "health", head: "Answer", cell: (part) => <PartHealth part={part} />, className: "wraps" },
];

/** What is read of the cluster, when it was read last, and what of it is missing. */
export function SourceList({ parts }: { parts: readonly PartState[] }) {
  return (
    <section>
      <SectionHead title="Where the figures come from" />
      <DataTable caption="Sources" columns={COLUMNS} rows={parts} rowKey={({ part }) => part} />
    </section>
  );
}
