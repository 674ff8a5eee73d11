import { Clipped } from "@/components/ui/clipped";
import { State } from "@/components/ui/state";
import type { Column } from "@/components/ui/table";
import { formatByteRate, formatBytes, formatCount, formatSpan } from "@/lib/domain/format";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import { OwnerWord } from "./owner-word";
import { ObservedValue } from "./source-mark";

export type TopicColumn = Column<TopicSummary, string>;

interface TopicColumnSetting {
  tenantHref: (tenantId: string) => string;
  /** Columns that the page does not need: it is about one cluster, or about one owner. */
  without?: readonly ("cluster" | "owner")[];
}

/** What is wrong with a topic's replicas; an even topic leaves the place empty. */
export function TopicHealth({ topic }: { topic: Pick<TopicSummary, "leaderless" | "underReplicated"> }) {
  if (topic.leaderless > 0) return <State tone="danger">{formatCount(topic.leaderless)} without leader</State>;
  if (topic.underReplicated > 0) return <State tone="warn">{formatCount(topic.underReplicated)} out of sync</State>;
  return null;
}

/** The columns of a list of topics, in the order in which they are read. The sort names are the server's. */
export function topicColumns({ tenantHref, without = [] }: TopicColumnSetting): TopicColumn[] {
  const columns: TopicColumn[] = [
    {
      key: "topic",
      head: "Topic",
      sort: "name",
      mono: true,
      className: "name",
      cell: ({ topic }) => <Clipped text={topic} />,
    },
    { key: "cluster", head: "Cluster", cell: ({ clusterId }) => clusterId },
    { key: "owner", head: "Owner", cell: ({ owner }) => <OwnerWord owner={owner} tenantHref={tenantHref} /> },
    { key: "health", head: "Replicas", cell: (topic) => <TopicHealth topic={topic} /> },
    {
      key: "partitions",
      head: "Partitions × copies",
      sort: "partitions",
      align: "right",
      cell: ({ partitions, replicationFactor }) => (partitions === null ? "unknown" : `${formatCount(partitions)} × ${replicationFactor}`),
    },
    {
      key: "in",
      head: "Produce",
      sort: "bytesIn",
      align: "right",
      cell: (topic) => <ObservedValue observed={topic.bytesInPerSecond} format={formatByteRate} />,
    },
    {
      key: "out",
      head: "Consume",
      sort: "bytesOut",
      align: "right",
      cell: (topic) => <ObservedValue observed={topic.bytesOutPerSecond} format={formatByteRate} />,
    },
    {
      key: "size",
      head: "Storage",
      sort: "size",
      align: "right",
      cell: (topic) => <ObservedValue observed={topic.sizeBytes} format={formatBytes} />,
    },
    {
      key: "retention",
      sort: "retention",
      head: "Retention",
      align: "right",
      cell: (topic) => <ObservedValue observed={topic.retentionMs} format={formatSpan} mark={false} />,
    },
    { key: "groups", head: "Groups", sort: "groups", align: "right", cell: ({ groupCount }) => formatCount(groupCount) },
  ];
  return columns.filter(({ key }) => !without.some((one) => one === key));
}
