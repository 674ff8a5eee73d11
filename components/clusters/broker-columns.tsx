import { ObservedValue } from "@/components/tenancy/source-mark";
import { State } from "@/components/ui/state";
import type { Column } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { isWithWait } from "@/lib/domain/fetch-time";
import { formatByteRate, formatBytes, formatCount, formatMilliseconds, formatPercent } from "@/lib/domain/format";
import type { Observed } from "@/lib/domain/observed";
import { BUSY_CPU_SHARE, FULL_DISK_SHARE, LITTLE_IDLE_SHARE } from "@/lib/domain/pressure";
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

/** Replicas against what a broker of its type should and may hold. */
function Partitions({ broker: { replicas, partitionLimit } }: { broker: BrokerView }) {
  if (partitionLimit === null) return <>{formatCount(replicas)}</>;
  const { recommended, max } = partitionLimit;
  const tone = replicas > max ? "tone-danger" : replicas > recommended ? "tone-warn" : undefined;
  const words = `AWS recommends at most ${formatCount(recommended)} for this type; above ${formatCount(max)} MSK refuses changes.`;
  return (
    <span className={tone} title={words}>
      {formatCount(replicas)} <span className="tone-faint">of {formatCount(recommended)}</span>
    </span>
  );
}

/** A share in the tone of a warning when it is beyond what a broker should have. */
function Share({ observed, isBad }: { observed: Observed<number>; isBad: (share: number) => boolean }) {
  const tone = observed.source !== "unavailable" && isBad(observed.value) ? "tone-warn" : undefined;
  return (
    <span className={tone}>
      <ObservedValue observed={observed} format={formatPercent} />
    </span>
  );
}

function rates(key: "bytesInPerSecond" | "bytesOutPerSecond", head: string): Column<BrokerView> {
  return { key, head, align: "right", cell: (broker) => <ObservedValue observed={broker[key]} format={formatByteRate} /> };
}

function times(key: "produceTotalTimeMs" | "fetchTimeMs", head: string): Column<BrokerView> {
  return {
    key,
    head,
    align: "right",
    cell: (broker) => (
      <>
        <ObservedValue observed={broker[key]} format={formatMilliseconds} />
        {isWithWait(broker[key]) ? <span className="tone-faint"> with its wait</span> : null}
      </>
    ),
  };
}

const COLUMNS: readonly Column<BrokerView>[] = [
  { key: "id", head: "Broker", cell: ({ id }) => `Broker ${id}`, className: "name nowrap" },
  { key: "state", head: "State", cell: (broker) => <BrokerState broker={broker} /> },
  { key: "instance", head: "Instance", cell: ({ instanceType }) => <span className="tone-muted nowrap">{instanceType}</span> },
  {
    key: "cpu",
    head: "CPU",
    align: "right",
    cell: ({ cpuUsedShare }) => <Share observed={cpuUsedShare} isBad={(share) => share > BUSY_CPU_SHARE} />,
  },
  {
    key: "handlers",
    head: "Handlers idle",
    align: "right",
    cell: ({ requestHandlerIdle }) => <Share observed={requestHandlerIdle} isBad={(share) => share < LITTLE_IDLE_SHARE} />,
  },
  {
    key: "network",
    head: "Network idle",
    align: "right",
    cell: ({ networkProcessorIdle }) => <Share observed={networkProcessorIdle} isBad={(share) => share < LITTLE_IDLE_SHARE} />,
  },
  rates("bytesInPerSecond", "In"),
  rates("bytesOutPerSecond", "Out"),
  times("produceTotalTimeMs", "Produce time"),
  times("fetchTimeMs", "Fetch time"),
  {
    key: "disk",
    head: "Disk used",
    align: "right",
    cell: ({ diskUsedShare }) => <Share observed={diskUsedShare} isBad={(share) => share >= FULL_DISK_SHARE} />,
  },
  {
    key: "storage",
    head: "Logs",
    align: "right",
    cell: (broker) => <ObservedValue observed={broker.storageBytes} format={formatBytes} />,
  },
  { key: "replicas", head: "Partitions", align: "right", cell: (broker) => <Partitions broker={broker} /> },
  { key: "leaders", head: "Leaders", align: "right", cell: ({ leaders }) => formatCount(leaders) },
  {
    key: "under",
    head: "Out of sync",
    align: "right",
    cell: ({ underReplicated }) => <span className={underReplicated > 0 ? "tone-warn" : undefined}>{formatCount(underReplicated)}</span>,
  },
  {
    key: "host",
    head: "Host",
    mono: true,
    cell: ({ host, rack }) => (
      <span className="broker-host clip" title={rack === null ? host : `${host}, ${rack}`}>
        <bdi>{host}</bdi>
      </span>
    ),
  },
];

/** The brokers of a cluster: what each does, carries and lets clients wait. A column that nothing could ever fill is left out. */
export function brokerColumns(brokers: readonly BrokerView[], isMsk: boolean): readonly Column<BrokerView>[] {
  const allWell = brokers.every(({ alive, controller }) => alive && !controller);
  const empty = new Set([
    ...(allWell ? ["state"] : []),
    ...(brokers.every(({ instanceType }) => instanceType === null) ? ["instance"] : []),
    ...(isMsk ? [] : ["cpu"]),
  ]);
  return COLUMNS.filter(({ key }) => !empty.has(key));
}
