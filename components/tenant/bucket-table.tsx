import { QuotaBar } from "@/components/tenancy/quota-bar";
import { brokerRowUse } from "@/components/tenancy/quota-words";
import { SourceMark } from "@/components/tenancy/source-mark";
import { Clipped } from "@/components/ui/clipped";
import { SectionHead } from "@/components/ui/section";
import { type Column, DataTable } from "@/components/ui/table";
import { formatByteRate, formatMilliseconds, formatPercent } from "@/lib/domain/format";
import type { TenantDetail } from "@/lib/domain/views/tenants";
import type { BrokerUse, BucketUse, Direction } from "@/lib/domain/views/use";

interface Line {
  direction: Direction;
  bucket: BucketUse;
  use: BrokerUse;
}

const DIRECTIONS = ["produce", "consume"] as const;
const UNKNOWN = <span className="tone-faint">not visible</span>;

function linesOf(tenant: TenantDetail): Line[] {
  return DIRECTIONS.flatMap((direction) =>
    tenant[direction].buckets.flatMap((bucket) =>
      bucket.brokers.toSorted((a, b) => a.brokerId - b.brokerId).map((use) => ({ direction, bucket, use })),
    ),
  );
}

/** Without a quota there is no limit; where quotas could not be read there may be one. */
function NoLimit({ bucket }: { bucket: BucketUse }) {
  return <span className="tone-faint">{bucket.quotaUnread === true ? "unknown" : "no limit"}</span>;
}

function Rule({ bucket: { quota, quotaUnread } }: { bucket: BucketUse }) {
  if (quotaUnread === true) return <span className="tone-faint">could not be read</span>;
  if (quota === null) return <span className="tone-muted">no quota</span>;
  const shadows = quota.shadows.map(({ step, entity, value }) => `rule ${step}, ${entity}: ${formatByteRate(value)}`);
  return (
    <span title={shadows.length === 0 ? undefined : `Hides ${shadows.join("; ")}`}>
      {quota.step} of 8: <bdi>{quota.entity}</bdi>
      {shadows.length > 0 ? <span className="tone-faint"> hides {shadows.length}</span> : null}
    </span>
  );
}

const COLUMNS: readonly Column<Line, string>[] = [
  {
    key: "bucket",
    head: "Bucket",
    mono: true,
    className: "name",
    cell: ({ bucket }) => <Clipped text={bucket.bucket} />,
  },
  { key: "direction", head: "Direction", cell: ({ direction }) => direction },
  { key: "cluster", head: "Cluster", cell: ({ bucket }) => bucket.clusterId },
  { key: "broker", head: "Broker", align: "right", cell: ({ use }) => String(use.brokerId) },
  {
    key: "bar",
    head: "Against quota",
    cell: ({ use, bucket, direction }) => (
      <QuotaBar
        use={brokerRowUse(use, bucket.quotaUnread === true)}
        direction={direction}
        unit="kB/s"
        label={`${direction}, broker ${use.brokerId}`}
      />
    ),
  },
  {
    key: "share",
    head: "Share",
    align: "right",
    cell: ({ use, bucket }) => (use.share === null ? <NoLimit bucket={bucket} /> : formatPercent(use.share)),
  },
  {
    key: "rate",
    head: "Rate",
    align: "right",
    cell: ({ use }) => (
      <>
        {formatByteRate(use.bytesPerSecond)}
        <SourceMark source={use.source} />
      </>
    ),
  },
  {
    key: "quota",
    head: "Quota",
    align: "right",
    cell: ({ use, bucket }) => (use.quotaBytesPerSecond === null ? <NoLimit bucket={bucket} /> : formatByteRate(use.quotaBytesPerSecond)),
  },
  {
    key: "throttle",
    head: "Throttled",
    align: "right",
    cell: ({ use }) =>
      use.throttleMs === null ? (
        UNKNOWN
      ) : use.throttleMs === 0 ? (
        "none"
      ) : (
        <span className="tone-warn">{formatMilliseconds(use.throttleMs)}</span>
      ),
  },
  { key: "rule", head: "Rule in force", cell: ({ bucket }) => <Rule bucket={bucket} /> },
];

/** The finest thing Kafka limits: each bucket on each broker, with the rule of its eight steps that is in force. */
export function BucketTable({ tenant }: { tenant: TenantDetail }) {
  const lines = linesOf(tenant);
  const notes = DIRECTIONS.flatMap((direction) => (tenant[direction].note === null ? [] : [`${direction}: ${tenant[direction].note}`]));
  return (
    <section>
      <SectionHead title="Quotas in force" note="per bucket and broker; Kafka sets byte rates per broker" />
      {notes.map((note) => (
        <p key={note} className="tone-muted">
          <bdi>{note}</bdi>
        </p>
      ))}
      {lines.length === 0 ? (
        <p className="tone-muted">No bucket of this tenant was seen on any broker.</p>
      ) : (
        <DataTable
          caption="Quotas in force"
          columns={COLUMNS}
          rows={lines}
          rowKey={({ direction, bucket, use }) => `${direction} ${bucket.clusterId} ${bucket.bucket} ${use.brokerId}`}
        />
      )}
    </section>
  );
}
