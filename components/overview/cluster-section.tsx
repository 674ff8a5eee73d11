"use client";

import { CapacityBar } from "@/components/tenancy/capacity-bar";
import { BrokersCell, DiskCell, IdleCell, LatencyCell, OperationWords } from "@/components/tenancy/cluster-cells";
import { ClusterState } from "@/components/tenancy/cluster-state";
import { ObservedValue } from "@/components/tenancy/source-mark";
import { EmptyState } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { type Column, DataTable } from "@/components/ui/table";
import { useCarry } from "@/lib/client/address";
import { formatByteRate, formatCount } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { Overview, OverviewCluster } from "@/lib/domain/views/overview";

function Placed({ count }: { count: number }) {
  return count === 0 ? <span className="tone-faint zero">0</span> : formatCount(count);
}

const COLUMNS: readonly Column<OverviewCluster>[] = [
  { key: "name", head: "Cluster", cell: ({ name }) => <bdi>{name}</bdi>, className: "name" },
  {
    key: "health",
    head: "Health",
    className: "health",
    cell: (cluster) => (
      <>
        <ClusterState state={cluster.state} sentence={cluster.sentence} />
        <OperationWords msk={cluster.msk} />
      </>
    ),
  },
  { key: "brokers", head: "Brokers", cell: (cluster) => <BrokersCell cluster={cluster} /> },
  {
    key: "capacity",
    head: "Promised of capacity",
    className: "capacity",
    cell: (cluster) => (
      <CapacityBar
        promisedBytesPerSecond={cluster.promisedBytesPerSecond}
        capacityBytesPerSecond={cluster.capacityBytesPerSecond}
        producedBytesPerSecond={cluster.bytesInPerSecond}
      />
    ),
  },
  {
    key: "produce",
    head: "Produce",
    align: "right",
    cell: (cluster) => <ObservedValue observed={cluster.bytesInPerSecond} format={formatByteRate} />,
  },
  {
    key: "consume",
    head: "Consume",
    align: "right",
    cell: (cluster) => <ObservedValue observed={cluster.bytesOutPerSecond} format={formatByteRate} />,
  },
  { key: "idle", head: "Handlers idle", align: "right", cell: (cluster) => <IdleCell cluster={cluster} /> },
  { key: "disk", head: "Fullest disk", align: "right", cell: (cluster) => <DiskCell cluster={cluster} /> },
  {
    key: "latency",
    head: "Produce / fetch time",
    align: "right",
    className: "leaves-second",
    cell: (cluster) => <LatencyCell cluster={cluster} />,
  },
  { key: "pool", head: "Pool", align: "right", className: "leaves-first", cell: ({ placements }) => <Placed count={placements.pool} /> },
  {
    key: "bridge",
    head: "Bridge",
    align: "right",
    className: "leaves-first",
    cell: ({ placements }) => <Placed count={placements.bridge} />,
  },
  { key: "silo", head: "Silo", align: "right", className: "leaves-first", cell: ({ placements }) => <Placed count={placements.silo} /> },
];

/** All clusters with their health and headroom; what no cluster tells is unknown and never zero. */
export function ClusterSection({ overview }: { overview: Overview }) {
  const carry = useCarry();
  const { clusters } = overview;
  return (
    <section aria-labelledby="clusters">
      <SectionHead
        id="clusters"
        title="Clusters"
        note={clusters.length === 0 ? null : "bar: promised of capacity, thin line: produced now"}
      />
      {clusters.length === 0 ? (
        <EmptyState title="No clusters yet">
          The console reads its connections from the file that CONNECTIONS_FILE names: bootstrap addresses and how to sign in, or an account
          at AWS in which it finds them. Add one, and start the console again.
        </EmptyState>
      ) : (
        <DataTable
          caption="Clusters with promises against capacity"
          className="overview-clusters"
          columns={COLUMNS}
          rows={clusters}
          rowKey={({ id }) => id}
          rowHref={({ id }) => carry(paths.cluster(id))}
        />
      )}
    </section>
  );
}
