import { ObservedValue } from "@/components/tenancy/source-mark";
import { State } from "@/components/ui/state";
import type { Column } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatByteRate, formatBytes, formatCount, formatMilliseconds, formatPercent } from "@/lib/domain/format";
import type { BrokerView } from "@/lib/domain/views/clusters";

function BrokerState({ broker }: { broker: BrokerView }) {
  if (broker.alive) return broker.controller ? "controller" : null;
  return (
    <State tone="danger">
      missing{broker.lastSeenAt === null ? "" : ", seen "}
      {broker.lastSeenAt === null ? null : <Time at={broker.lastSeenAt} />}
    </State>
  );
}

/** The brokers of a cluster: what each leads, carries and how long it lets clients wait. */
export const BROKER_COLUMNS: readonly Column<BrokerView>[] = [
  { key: "id", head: "Broker", cell: ({ id }) => `Broker ${id}`, className: "name" },
  { key: "host", head: "Host", mono: true, cell: ({ host }) => <bdi>{host}</bdi> },
  { key: "state", head: "State", cell: (broker) => <BrokerState broker={broker} /> },
  { key: "leaders", head: "Leaders", align: "right", cell: ({ leaders }) => formatCount(leaders) },
  { key: "replicas", head: "Replicas", align: "right", cell: ({ replicas }) => formatCount(replicas) },
  {
    key: "under",
    head: "Out of sync",
    align: "right",
    cell: ({ underReplicated }) => <span className={underReplicated > 0 ? "tone-warn" : undefined}>{formatCount(underReplicated)}</span>,
  },
  {
    key: "in",
    head: "Produce",
    align: "right",
    cell: (broker) => <ObservedValue observed={broker.bytesInPerSecond} format={formatByteRate} />,
  },
  {
    key: "out",
    head: "Consume",
    align: "right",
    cell: (broker) => <ObservedValue observed={broker.bytesOutPerSecond} format={formatByteRate} />,
  },
  {
    key: "handlers",
    head: "Handlers idle",
    align: "right",
    cell: (broker) => <ObservedValue observed={broker.requestHandlerIdle} format={formatPercent} />,
  },
  {
    key: "network",
    head: "Network idle",
    align: "right",
    cell: (broker) => <ObservedValue observed={broker.networkProcessorIdle} format={formatPercent} />,
  },
  {
    key: "produce-time",
    head: "Produce time",
    align: "right",
    cell: (broker) => <ObservedValue observed={broker.produceTotalTimeMs} format={formatMilliseconds} />,
  },
  {
    key: "fetch-time",
    head: "Fetch time",
    align: "right",
    cell: (broker) => <ObservedValue observed={broker.fetchTotalTimeMs} format={formatMilliseconds} />,
  },
  {
    key: "storage",
    head: "Storage",
    align: "right",
    cell: (broker) => <ObservedValue observed={broker.storageBytes} format={formatBytes} />,
  },
  {
    key: "disk",
    head: "Disk used",
    align: "right",
    cell: (broker) => <ObservedValue observed={broker.diskUsedShare} format={formatPercent} />,
  },
];
