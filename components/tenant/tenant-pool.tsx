"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ObservedValue, SourceMark } from "@/components/tenancy/source-mark";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { type Column, DataTable } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { useCarry } from "@/lib/client/address";
import { tenantPool } from "@/lib/client/tenants";
import { formatByteRate, formatCount, formatCountOf, formatDuration, formatPercent } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { PoolPart, ReportedPart } from "@/lib/domain/views/pool";

type Partition = NonNullable<PoolPart["partition"]>;

function TopicLink({ part: { clusterId, topic } }: { part: PoolPart }) {
  const carry = useCarry();
  return (
    <Link className="link above clip" prefetch={false} href={carry(paths.topic(clusterId, topic))} title={topic}>
      <bdi>{topic}</bdi>
    </Link>
  );
}

function Share({ part: { sample } }: { part: PoolPart }) {
  if (sample === null) return <span className="tone-faint">not sampled yet</span>;
  const { share, unmet, draws, at } = sample;
  const drawn = `from ${formatCountOf(draws, "batch", "batches")}, ${new Date(at).toLocaleTimeString(undefined, { hourCycle: "h23" })}`;
  if (share === null) {
    return (
      <span title={`In none of ${formatCountOf(draws, "batch", "batches")}`}>
        in none, ≤ {formatPercent(unmet)}
        <SourceMark source="estimated" detail={drawn} />
      </span>
    );
  }
  return (
    <>
      {formatPercent(share.bytes)} ±{formatPercent(share.bytesError)}
      <SourceMark source="estimated" detail={drawn} />
    </>
  );
}

function sharedWords({ by, sharedWith, sharedWithCount }: Partition): string {
  if (by === "sample") return "its own, as sampled";
  if (sharedWithCount === 0) return "by its key, nobody else's";
  const unnamed = sharedWithCount - sharedWith.length;
  const names = sharedWith.map(({ name }) => name);
  if (unnamed > 0) names.push(formatCountOf(unnamed, "other"));
  return `by its key, shared with ${names.join(", ")}`;
}

function Place({ part: { partition, partitionUnknown } }: { part: PoolPart }) {
  if (partitionUnknown !== null) {
    return (
      <span className="tone-warn clip" title={partitionUnknown}>
        cannot be told
      </span>
    );
  }
  if (partition === null) return <span className="tone-faint">any</span>;
  const words = `${sharedWords(partition)}${partition.seen ? "" : "; not met in a sample"}`;
  return (
    <span className="clip" title={words}>
      {partition.partition} <bdi className="tone-muted">{words}</bdi>
    </span>
  );
}

/** The lag of whoever reads the partition in which all its records lie. */
function Lag({ part: { partition } }: { part: PoolPart }) {
  if (partition === null) return <span className="tone-faint">not told apart</span>;
  const [first, ...others] = partition.groups;
  if (first === undefined) return <span className="tone-faint">no group</span>;
  const title = partition.groups.map(({ groupId }) => groupId).join("\n");
  return (
    <span title={title}>
      <ObservedValue observed={first.recordsBehind} format={(records) => formatCountOf(records, "record")} />
      {first.timeBehindMs.source === "unavailable" ? null : (
        <>
          {", "}
          <ObservedValue observed={first.timeBehindMs} format={formatDuration} />
        </>
      )}
      {others.length === 0 ? null : <span className="tone-faint"> and {formatCount(others.length)} more</span>}
    </span>
  );
}

const COLUMNS: readonly Column<PoolPart, string>[] = [
  { key: "topic", head: "Shared topic", mono: true, className: "name", cell: (part) => <TopicLink part={part} /> },
  { key: "share", head: "Share of bytes", align: "right", cell: (part) => <Share part={part} /> },
  {
    key: "in",
    head: "Produce",
    align: "right",
    cell: ({ bytesInPerSecond }) => <ObservedValue observed={bytesInPerSecond} format={formatByteRate} />,
  },
  {
    key: "out",
    head: "Consume",
    align: "right",
    cell: ({ bytesOutPerSecond }) => <ObservedValue observed={bytesOutPerSecond} format={formatByteRate} />,
  },
  { key: "partition", head: "Partition", cell: (part) => <Place part={part} /> },
  { key: "lag", head: "Lag there", align: "right", cell: (part) => <Lag part={part} /> },
];

function Reported({ part, isSampled }: { part: ReportedPart; isSampled: boolean }) {
  const { from, clusterId, produceBytesPerSecond, consumeBytesPerSecond, away } = part;
  return (
    <p>
      <span className="tone-muted">
        Reported on {clusterId} by <bdi>{from}</bdi>:
      </span>{" "}
      {produceBytesPerSecond === null ? null : (
        <>
          produce <ObservedValue observed={produceBytesPerSecond} format={formatByteRate} />{" "}
        </>
      )}
      {consumeBytesPerSecond === null ? null : (
        <>
          consume <ObservedValue observed={consumeBytesPerSecond} format={formatByteRate} />{" "}
        </>
      )}
      <Age part={{ produceBytesPerSecond, consumeBytesPerSecond }} />
      {away === null ? null : (
        <span className="tone-warn">
          {away.reason} {isSampled ? "The sample stands in." : null} {away.remedy}
        </span>
      )}
    </p>
  );
}

function Age({ part }: { part: Pick<ReportedPart, "produceBytesPerSecond" | "consumeBytesPerSecond"> }) {
  const times = [part.produceBytesPerSecond, part.consumeBytesPerSecond].flatMap((one) =>
    one === null || one.source === "unavailable" ? [] : [one.at],
  );
  const [oldest] = times.toSorted();
  if (oldest === undefined) return null;
  return (
    <span className="tone-muted">
      as of <Time at={oldest} />.{" "}
    </span>
  );
}

/** A tenant's part of the topics that it shares, and what its application says of it. */
export function TenantPool({ tenantId }: { tenantId: string }) {
  const { data, error, refetch } = useQuery(tenantPool(tenantId));
  return (
    <section aria-labelledby="pool">
      <SectionHead
        id="pool"
        title="Its part of the pool"
        note="shares are estimated once an hour from random batches, each with its 95 % interval"
      />
      {error === null ? null : (
        <Notice tone="warn" onRetry={() => void refetch()}>
          Its part could not be loaded: {error.message}
        </Notice>
      )}
      {data === undefined && error === null ? <Skeleton height={64} /> : null}
      {data?.reported.map((part) => (
        <Reported key={part.clusterId} part={part} isSampled={data.parts.some(({ sample }) => sample !== null)} />
      ))}
      {data === undefined ? null : data.parts.length === 0 ? (
        <p className="tone-muted">No shared topic fits the names of its placement.</p>
      ) : (
        <DataTable
          caption="Its part of the pool"
          columns={COLUMNS}
          rows={data.parts}
          rowKey={({ clusterId, topic }) => `${clusterId} ${topic}`}
        />
      )}
    </section>
  );
}
