"use client";

import { formatUtc } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import { operationWords } from "@/lib/domain/cloud/msk-operations";
import { isWithWait } from "@/lib/domain/fetch-time";
import { formatCount, formatCountOf, formatDuration, formatMilliseconds, formatPercent } from "@/lib/domain/format";
import type { Observed } from "@/lib/domain/observed";
import { FULL_DISK_SHARE, LITTLE_IDLE_SHARE } from "@/lib/domain/pressure";
import type { ClusterSummary } from "@/lib/domain/views/clusters";
import { Since } from "./since";
import { ObservedMark } from "./source-mark";

const SOON_MS = 14 * 86_400_000;

/** Words for a kind of cluster as AWS sells it. */
export const KIND_WORDS = { standard: "Standard", express: "Express", serverless: "Serverless" } as const;

/** How many brokers of what: "3 × kafka.m7g.large", "3 brokers", "Serverless". */
export function BrokersCell({ cluster }: { cluster: ClusterSummary }) {
  const { brokersAlive, brokersKnown, msk } = cluster;
  if (msk?.kind === "serverless") return <span className="tone-muted">Serverless</span>;
  if (brokersAlive === null) return <span className="tone-faint">{msk?.instanceType ?? "unknown"}</span>;
  const missing = (brokersKnown ?? brokersAlive) - brokersAlive;
  const count = missing > 0 ? `${brokersAlive} of ${brokersKnown}` : formatCount(brokersAlive);
  const words = msk?.instanceType
    ? `${count} × ${msk.instanceType}`
    : missing > 0
      ? `${count} brokers`
      : formatCountOf(brokersAlive, "broker");
  return <span className={missing > 0 ? "tone-danger nowrap" : "tone-muted nowrap"}>{words}</span>;
}

/** The operation of MSK that is under way; nothing when none is. */
export function OperationWords({ msk }: Pick<ClusterSummary, "msk">) {
  if (!msk?.operation) return null;
  return (
    <span className="tone-info nowrap">
      {operationWords(msk.operation.type)}, <Since at={msk.operation.startedAt} />
    </span>
  );
}

function Unknown({ observed }: { observed: Observed<number> }) {
  return (
    <span className="tone-faint">
      unknown
      <ObservedMark observed={observed} />
    </span>
  );
}

function Broker({ id }: { id: number | null }) {
  return id === null ? null : <span className="tone-faint"> b{id}</span>;
}

/** How idle the request handlers of the busiest broker are. */
export function IdleCell({ cluster }: { cluster: ClusterSummary }) {
  const idle = cluster.requestHandlerIdle;
  if (cluster.msk?.kind === "serverless") return <span className="tone-faint">no brokers</span>;
  if (idle.source === "unavailable") return <Unknown observed={idle} />;
  return (
    <span className="nowrap">
      <span className={idle.value < LITTLE_IDLE_SHARE ? "tone-warn" : undefined}>{formatPercent(idle.value)}</span>
      <Broker id={cluster.busiestBrokerId} />
      <ObservedMark observed={idle} />
    </span>
  );
}

/** "full in 4 d 3 h", with the date on hover; in the tone of a warning when that is soon. */
export function FullIn({ at }: { at: string }) {
  const now = useNow();
  const restMs = Date.parse(at) - now;
  if (now === 0) return null;
  return (
    <time dateTime={at} title={formatUtc(Date.parse(at))} className={restMs < SOON_MS ? "tone-warn" : "tone-muted"}>
      {restMs <= 0 ? "full by now" : `full in ${formatDuration(restMs)}`}
    </time>
  );
}

/** How full the fullest broker's disk is, and when it is full. */
export function DiskCell({ cluster }: { cluster: ClusterSummary }) {
  const { diskUsedShare: disk, fullestBrokerId, diskFullAt, msk } = cluster;
  if (msk !== null && msk.kind !== "standard" && disk.source === "unavailable") return <span className="tone-faint">no disks</span>;
  if (disk.source === "unavailable") return <Unknown observed={disk} />;
  return (
    <span className="nowrap">
      {diskFullAt === null ? null : (
        <>
          <FullIn at={diskFullAt} />{" "}
        </>
      )}
      <span className={disk.value >= FULL_DISK_SHARE ? "tone-warn" : undefined}>{formatPercent(disk.value)}</span>
      <Broker id={fullestBrokerId} />
      <ObservedMark observed={disk} />
    </span>
  );
}

/** Time of produce and fetch requests on the slowest broker, without a fetch's wait for records. */
export function LatencyCell({ cluster }: { cluster: ClusterSummary }) {
  const { produceTotalTimeMs: produce, fetchTimeMs: fetch } = cluster;
  if (produce.source === "unavailable" && fetch.source === "unavailable") return <Unknown observed={produce} />;
  const words = (observed: Observed<number>) => (observed.source === "unavailable" ? "unknown" : formatMilliseconds(observed.value));
  return (
    <div className="nowrap">
      {words(produce)} / {words(fetch)}
      <ObservedMark observed={produce.source === "unavailable" ? fetch : produce} />
      {isWithWait(fetch) ? <div className="tone-faint">with its wait</div> : null}
    </div>
  );
}
