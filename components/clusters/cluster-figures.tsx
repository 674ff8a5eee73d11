"use client";

import Link from "next/link";
import { FullIn } from "@/components/tenancy/cluster-cells";
import { ObservedMark } from "@/components/tenancy/source-mark";
import { Figure, Figures } from "@/components/ui/figures";
import { useCarry } from "@/lib/client/address";
import { formatByteRate, formatBytes, formatCount, formatCountOf, formatMilliseconds, formatPercent } from "@/lib/domain/format";
import type { Observed } from "@/lib/domain/observed";
import { paths } from "@/lib/domain/paths";
import { FULL_DISK_SHARE, LITTLE_IDLE_SHARE } from "@/lib/domain/pressure";
import type { ClusterDetail } from "@/lib/domain/views/clusters";

function words(observed: Observed<number>, format: (value: number) => string): string {
  if (observed.source === "unavailable") return "unknown";
  return `${observed.atLeast ? "≥ " : ""}${format(observed.value)}`;
}

function capacityWords({ bytesInPerSecond: rate, capacityBytesPerSecond: capacity }: ClusterDetail): string {
  if (capacity.source === "unavailable") return "capacity unknown";
  const of = `${formatByteRate(capacity.value)} capacity`;
  return rate.source === "unavailable" || capacity.value === 0 ? of : `${formatPercent(rate.value / capacity.value)} of ${of}`;
}

/** Key figures of a cluster, its worst broker where one decides; what is not known says so. */
export function ClusterFigures({ cluster }: { cluster: ClusterDetail }) {
  const carry = useCarry();
  const count = (value: number | null): string => (value === null ? "unknown" : formatCount(value));
  const down = (cluster.brokersKnown ?? 0) - (cluster.brokersAlive ?? 0);
  const { requestHandlerIdle: idle, diskUsedShare: disk } = cluster;
  const unowned = (value: number | null, what: string, href: string) =>
    value === null || value === 0 ? null : (
      <Link className="link" prefetch={false} href={carry(href)}>
        {formatCountOf(value, `unowned ${what}`)}
      </Link>
    );
  return (
    <Figures>
      <Figure
        label="Brokers"
        value={count(cluster.brokersAlive)}
        tone={down > 0 ? "danger" : null}
        notes={[down > 0 ? `of ${count(cluster.brokersKnown)}` : "all that were ever seen", cluster.msk?.instanceType ?? null]}
      />
      <Figure
        label="Topics"
        value={count(cluster.topics)}
        notes={[
          `${count(cluster.partitions)} partitions, ${count(cluster.groups)} groups`,
          unowned(cluster.unownedTopics, "topic", paths.topics(cluster.id, { owner: "unowned" })),
          unowned(cluster.unownedGroups, "group", paths.groups(cluster.id, { owner: "unowned" })),
        ]}
      />
      <Figure
        label="Produce"
        mark={<ObservedMark observed={cluster.bytesInPerSecond} />}
        value={words(cluster.bytesInPerSecond, formatByteRate)}
        notes={[capacityWords(cluster), `${words(cluster.produceTotalTimeMs, formatMilliseconds)} on the slowest broker`]}
      />
      <Figure
        label="Consume"
        mark={<ObservedMark observed={cluster.bytesOutPerSecond} />}
        value={words(cluster.bytesOutPerSecond, formatByteRate)}
        notes={[`${words(cluster.fetchTotalTimeMs, formatMilliseconds)} a fetch on the slowest broker`]}
      />
      <Figure
        label="Handlers idle"
        mark={<ObservedMark observed={idle} />}
        value={words(idle, formatPercent)}
        tone={idle.source !== "unavailable" && idle.value < LITTLE_IDLE_SHARE ? "warn" : null}
        notes={[cluster.busiestBrokerId === null ? null : `broker ${cluster.busiestBrokerId}, the busiest`]}
      />
      <Figure
        label="Fullest disk"
        mark={<ObservedMark observed={disk} />}
        value={words(disk, formatPercent)}
        tone={disk.source !== "unavailable" && disk.value >= FULL_DISK_SHARE ? "warn" : null}
        notes={[
          cluster.fullestBrokerId === null ? null : `broker ${cluster.fullestBrokerId}`,
          cluster.diskFullAt === null ? null : <FullIn key="full" at={cluster.diskFullAt} />,
          `logs ${words(cluster.storageBytes, formatBytes)} in all`,
        ]}
      />
    </Figures>
  );
}
