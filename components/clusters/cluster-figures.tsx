"use client";

import Link from "next/link";
import { Fragment } from "react";
import { FullIn } from "@/components/tenancy/cluster-cells";
import { ObservedMark, ObservedValue } from "@/components/tenancy/source-mark";
import { Figure, Figures } from "@/components/ui/figures";
import { useCarry } from "@/lib/client/address";
import { isWithWait } from "@/lib/domain/fetch-time";
import { formatByteRate, formatBytes, formatCount, formatCountOf, formatMilliseconds, formatPercent } from "@/lib/domain/format";
import type { Observed } from "@/lib/domain/observed";
import { paths } from "@/lib/domain/paths";
import { FULL_DISK_SHARE, LITTLE_IDLE_SHARE } from "@/lib/domain/pressure";
import type { ClusterDetail } from "@/lib/domain/views/clusters";

function observedWords(observed: Observed<number>, format: (value: number) => string): string {
  if (observed.source === "unavailable") return "unknown";
  return `${observed.atLeast ? "≥ " : ""}${format(observed.value)}`;
}

/** A note that is only there when there is something to say. */
function known(observed: Observed<number>, format: (value: number) => string, [before, after]: readonly [string, string]): React.ReactNode {
  if (observed.source === "unavailable") return null;
  return (
    <>
      {before}
      <ObservedValue observed={observed} format={format} />
      {after}
    </>
  );
}

/** "31 partitions"; "partitions unknown". */
function words(count: number | null, what: string): string {
  return count === null ? `${what}s unknown` : formatCountOf(count, what);
}

/** Topics and groups that nobody claims, each with its list. */
function Unowned({ cluster }: { cluster: ClusterDetail }) {
  const carry = useCarry();
  const lists = [
    { count: cluster.unownedTopics ?? 0, what: "topic", href: paths.topics(cluster.id, { owner: "unowned" }) },
    { count: cluster.unownedGroups ?? 0, what: "group", href: paths.groups(cluster.id, { owner: "unowned" }) },
  ].filter(({ count }) => count > 0);
  if (lists.length === 0) return null;
  return (
    <>
      Unowned:{" "}
      {lists.map(({ count, what, href }, index) => (
        <Fragment key={what}>
          {index > 0 ? " and " : null}
          <Link className="link" prefetch={false} href={carry(href)}>
            {formatCountOf(count, what)}
          </Link>
        </Fragment>
      ))}
    </>
  );
}

function capacityWords({ bytesInPerSecond: rate, capacityBytesPerSecond: capacity }: ClusterDetail): string {
  if (capacity.source === "unavailable") return "capacity unknown";
  const of = `${formatByteRate(capacity.value)} capacity`;
  return rate.source === "unavailable" || capacity.value === 0 ? of : `${formatPercent(rate.value / capacity.value)} of ${of}`;
}

/** Key figures of a cluster, its worst broker where one decides; what is not known says so. */
export function ClusterFigures({ cluster }: { cluster: ClusterDetail }) {
  const count = (value: number | null): string => (value === null ? "unknown" : formatCount(value));
  const down = (cluster.brokersKnown ?? 0) - (cluster.brokersAlive ?? 0);
  const { requestHandlerIdle: idle, diskUsedShare: disk } = cluster;
  return (
    <div className="whole-notes">
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
            `${words(cluster.partitions, "partition")}, ${words(cluster.groups, "group")}`,
            <Unowned key="unowned" cluster={cluster} />,
          ]}
        />
        <Figure
          label="Produce"
          mark={<ObservedMark observed={cluster.bytesInPerSecond} />}
          value={observedWords(cluster.bytesInPerSecond, formatByteRate)}
          notes={[capacityWords(cluster), known(cluster.produceTotalTimeMs, formatMilliseconds, ["", " on the slowest broker"])]}
        />
        <Figure
          label="Consume"
          mark={<ObservedMark observed={cluster.bytesOutPerSecond} />}
          value={observedWords(cluster.bytesOutPerSecond, formatByteRate)}
          notes={[
            known(cluster.fetchTimeMs, formatMilliseconds, [
              "",
              ` a fetch on the slowest broker, ${isWithWait(cluster.fetchTimeMs) ? "with" : "without"} its wait for records`,
            ]),
          ]}
        />
        <Figure
          label="Handlers idle"
          mark={<ObservedMark observed={idle} />}
          value={observedWords(idle, formatPercent)}
          tone={idle.source !== "unavailable" && idle.value < LITTLE_IDLE_SHARE ? "warn" : null}
          notes={[cluster.busiestBrokerId === null ? null : `broker ${cluster.busiestBrokerId}, the busiest`]}
        />
        <Figure
          label="Fullest disk"
          mark={<ObservedMark observed={disk} />}
          value={observedWords(disk, formatPercent)}
          tone={disk.source !== "unavailable" && disk.value >= FULL_DISK_SHARE ? "warn" : null}
          notes={[
            cluster.fullestBrokerId === null ? null : `broker ${cluster.fullestBrokerId}`,
            cluster.diskFullAt === null ? null : <FullIn key="full" at={cluster.diskFullAt} />,
            known(cluster.storageBytes, formatBytes, ["logs ", " in all"]),
          ]}
        />
      </Figures>
    </div>
  );
}
