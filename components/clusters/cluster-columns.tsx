import { ClusterState } from "@/components/tenancy/cluster-state";
import { ObservedValue } from "@/components/tenancy/source-mark";
import type { Column } from "@/components/ui/table";
import { formatByteRate, formatBytes, formatCount, formatCountOf } from "@/lib/domain/format";
import type { ClusterSummary } from "@/lib/domain/views/clusters";

/** A count that may not be known: never a zero for that. */
function Count({ value }: { value: number | null }) {
  return value === null ? <span className="tone-faint">unknown</span> : formatCount(value);
}

function Brokers({ cluster }: { cluster: ClusterSummary }) {
  const { brokersAlive, brokersKnown } = cluster;
  if (brokersAlive === null || brokersKnown === null) return <span className="tone-faint">unknown</span>;
  return brokersAlive < brokersKnown ? (
    <span className="tone-danger">
      {brokersAlive} of {brokersKnown}
    </span>
  ) : (
    formatCount(brokersAlive)
  );
}

function Unowned({ cluster }: { cluster: ClusterSummary }) {
  const { unownedTopics, unownedGroups } = cluster;
  if (unownedTopics === null && unownedGroups === null) return <span className="tone-faint">unknown</span>;
  const count = (unownedTopics ?? 0) + (unownedGroups ?? 0);
  if (count === 0) return <>0</>;
  const words = `${formatCountOf(unownedTopics ?? 0, "topic")} and ${formatCountOf(unownedGroups ?? 0, "group")} that no tenant claims`;
  return <span title={words}>{formatCount(count)}</span>;
}

export const CLUSTER_COLUMNS: readonly Column<ClusterSummary>[] = [
  { key: "name", head: "Cluster", cell: (cluster) => <bdi>{cluster.name}</bdi>, className: "name" },
  { key: "state", head: "State", cell: (cluster) => <ClusterState state={cluster.state} sentence={cluster.sentence} /> },
  { key: "mode", head: "Mode", cell: (cluster) => cluster.mode },
  { key: "brokers", head: "Brokers", align: "right", cell: (cluster) => <Brokers cluster={cluster} /> },
  { key: "tenants", head: "Tenants", align: "right", cell: (cluster) => formatCount(cluster.tenants) },
  { key: "topics", head: "Topics", align: "right", cell: (cluster) => <Count value={cluster.topics} /> },
  { key: "partitions", head: "Partitions", align: "right", cell: (cluster) => <Count value={cluster.partitions} /> },
  { key: "groups", head: "Groups", align: "right", cell: (cluster) => <Count value={cluster.groups} /> },
  { key: "unowned", head: "Unowned", align: "right", cell: (cluster) => <Unowned cluster={cluster} /> },
  {
    key: "in",
    head: "Produce",
    align: "right",
    cell: (cluster) => <ObservedValue observed={cluster.bytesInPerSecond} format={formatByteRate} />,
  },
  {
    key: "out",
    head: "Consume",
    align: "right",
    cell: (cluster) => <ObservedValue observed={cluster.bytesOutPerSecond} format={formatByteRate} />,
  },
  {
    key: "storage",
    head: "Storage",
    align: "right",
    cell: (cluster) => <ObservedValue observed={cluster.storageBytes} format={formatBytes} />,
  },
];
