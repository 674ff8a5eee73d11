"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ObservedValue, SourceMark } from "@/components/tenancy/source-mark";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { type Column, DataTable } from "@/components/ui/table";
import { formatClockSpan, Time } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import { useCarry } from "@/lib/client/address";
import { tenantPool } from "@/lib/client/tenants";
import { formatByteRate, formatCount, formatCountOf, formatDuration, formatPercent } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { PoolHour, PoolPart, ReportedPart, TenantPool as TenantPoolView } from "@/lib/domain/views/pool";

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

const PROMISE_WORDS: Record<PoolHour["promise"], string> = {
  above: "above its promise",
  within: "not above its promise",
  unknown: "cannot tell",
  none: "nothing promised",
};

function AgainstPromise({ hour: { promise, promiseBytesPerSecond, because } }: { hour: PoolHour }) {
  const promised = promiseBytesPerSecond === null ? "" : ` of ${formatByteRate(promiseBytesPerSecond)}`;
  const words = `${PROMISE_WORDS[promise]}${promise === "above" || promise === "within" ? promised : ""}`;
  if (promise === "above") return <span className="tone-warn">{words}</span>;
  return (
    <span>
      {words}
      {because === null ? null : <span className="tone-muted">: {because}</span>}
    </span>
  );
}

function Estimate({ of, format }: { of: PoolHour["share"]; format: (value: number) => string }) {
  if (of.low === of.high) return format(of.value);
  return (
    <span className="nowrap">
      {format(of.value)}{" "}
      <span className="tone-muted">
        {format(of.low)}–{format(of.high)}
      </span>
    </span>
  );
}

function Span({ from, until }: { from: string; until: string }) {
  const now = useNow();
  return <time dateTime={from}>{formatClockSpan(Date.parse(from), Date.parse(until), now)}</time>;
}

const HOUR_COLUMNS: readonly Column<PoolHour, string>[] = [
  { key: "hour", head: "Hour", className: "name", cell: ({ from, until }) => <Span from={from} until={until} /> },
  { key: "what", head: "Of what", cell: ({ direction, clusterId }) => `${direction} on ${clusterId}` },
  {
    key: "rate",
    head: "Rate",
    align: "right",
    cell: ({ rateBytesPerSecond, source }) => (
      <>
        <Estimate of={rateBytesPerSecond} format={formatByteRate} />
        <SourceMark source={source} />
      </>
    ),
  },
  { key: "share", head: "Of the cluster", align: "right", cell: ({ share }) => <Estimate of={share} format={formatPercent} /> },
  {
    key: "times",
    head: "Times entitled",
    align: "right",
    cell: ({ times }) =>
      times === null ? <span className="tone-faint">nothing promised</span> : <Estimate of={times} format={(one) => one.toFixed(1)} />,
  },
  { key: "promise", head: "Against its promise", cell: (hour) => <AgainstPromise hour={hour} /> },
];

/** What it took by the hour, which is how finely a pool's tenant is known. */
function Hours({ pool: { hours, hoursUnseen }, tenantId }: { pool: TenantPoolView; tenantId: string }) {
  const carry = useCarry();
  return (
    <section aria-labelledby="pool-hours">
      <SectionHead id="pool-hours" title="By the hour" note="its promise is enforced by your application, or by nobody" />
      {hoursUnseen.map(({ clusterId, reason }) => (
        <p key={clusterId} className="tone-muted">
          Of the last hour on {clusterId} nothing can be told: {reason}
        </p>
      ))}
      {hours.length === 0 ? null : (
        <DataTable
          caption="What it took of the pool by the hour"
          columns={HOUR_COLUMNS}
          rows={hours.slice(0, HOURS_SHOWN)}
          rowKey={({ clusterId, direction, from }) => `${clusterId} ${direction} ${from}`}
          rowHref={({ from, until }) => carry(paths.noisy({ tenant: tenantId, from, to: until }))}
        />
      )}
    </section>
  );
}

const HOURS_SHOWN = 6;

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
      {data === undefined ? null : <Hours pool={data} tenantId={tenantId} />}
    </section>
  );
}
