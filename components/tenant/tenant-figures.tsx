import { LAG_WORDS, lagAmount, lagTone } from "@/components/tenancy/lag-value";
import { QuotaBar } from "@/components/tenancy/quota-bar";
import { toneOf } from "@/components/tenancy/quota-words";
import { ObservedMark } from "@/components/tenancy/source-mark";
import { Figure, Figures } from "@/components/ui/figures";
import { formatByteRate, formatBytes, formatMilliseconds, formatPercent, formatRateOf } from "@/lib/domain/format";
import { rowUse } from "@/lib/domain/row-use";
import type { TenantDetail } from "@/lib/domain/views/tenants";
import type { Direction, DirectionUse } from "@/lib/domain/views/use";

const NAMES: Record<Direction, string> = { produce: "Produce", consume: "Consume" };

function total({ bytesPerSecond, promise }: DirectionUse): string {
  if (bytesPerSecond.source === "unavailable") return bytesPerSecond.reason;
  const least = bytesPerSecond.atLeast ? "at least " : "";
  if (promise === null) return `total ${least}${formatByteRate(bytesPerSecond.value)}, nothing promised`;
  const side = promise.state === "unknown" && bytesPerSecond.error !== undefined ? ", too close to tell" : "";
  return `total ${least}${formatRateOf(bytesPerSecond.value, promise.bytesPerSecond)} promised${side}`;
}

/** The large figure: the share of the quota; where there is none, the rate itself; where there is no rate, that. */
function headline(use: DirectionUse): { value: string; unit: string | null } {
  const { worst, bytesPerSecond, state } = use;
  if (worst !== null && worst.share !== null) {
    const cutOff = state === "at-limit" || state === "throttled-below-promise";
    const rate =
      worst.quotaBytesPerSecond === null
        ? formatByteRate(worst.bytesPerSecond)
        : formatRateOf(worst.bytesPerSecond, worst.quotaBytesPerSecond);
    return { value: `${cutOff ? "≥ " : ""}${formatPercent(worst.share)}`, unit: `${rate}, broker ${worst.brokerId}` };
  }
  if (bytesPerSecond.source === "unavailable") return { value: "unknown", unit: null };
  const error = bytesPerSecond.error === undefined ? null : `±${formatPercent(bytesPerSecond.error)}`;
  const words = [error, state === "no-limit" ? "no limit" : null].filter((word) => word !== null);
  const least = bytesPerSecond.atLeast ? "≥ " : "";
  return { value: `${least}${formatByteRate(bytesPerSecond.value)}`, unit: words.length === 0 ? null : words.join(", ") };
}

function UseFigure({ use, direction }: { use: DirectionUse; direction: Direction }) {
  const row = rowUse(use);
  const { value, unit } = headline(use);
  const label = use.worst === null ? NAMES[direction] : `${NAMES[direction]} of quota`;
  return (
    <Figure
      double
      label={label}
      mark={<ObservedMark observed={use.bytesPerSecond} />}
      value={value}
      unit={unit}
      tone={row.share === null ? null : toneOf(row)}
      bar={<QuotaBar use={row} direction={direction} size="wide" />}
      notes={[total(use)]}
    />
  );
}

function throttleOf(use: DirectionUse): number | null {
  const times = use.buckets.flatMap(({ brokers }) => brokers.flatMap(({ throttleMs }) => (throttleMs === null ? [] : [throttleMs])));
  return times.length === 0 ? null : Math.max(...times);
}

function ThrottleFigure({ tenant }: { tenant: TenantDetail }) {
  const produce = throttleOf(tenant.produce);
  const consume = throttleOf(tenant.consume);
  const words = (value: number | null) => (value === null ? "not visible" : value === 0 ? "none" : formatMilliseconds(value));
  const worst = produce === null && consume === null ? null : Math.max(produce ?? 0, consume ?? 0);
  return (
    <Figure
      label="Throttled"
      value={words(worst)}
      tone={worst !== null && worst > 0 ? "warn" : null}
      notes={[`produce ${words(produce)}`, `consume ${words(consume)}`]}
    />
  );
}

function LagFigure({ lag, groups }: Pick<TenantDetail, "lag" | "groups">) {
  const group = groups.find(({ groupId, clusterId }) => groupId === lag.groupId && clusterId === lag.clusterId);
  const share = group?.retentionShare ?? null;
  return (
    <Figure
      label="Worst lag"
      mark={group === undefined ? null : <ObservedMark observed={group.timeBehindMs} />}
      value={lagAmount(lag) ?? LAG_WORDS[lag.state]}
      tone={lagTone(lag.state)}
      notes={[
        lag.groupId === null ? (
          lag.reason
        ) : (
          <bdi key="group" title={lag.groupId}>
            {lag.groupId}
          </bdi>
        ),
        share === null ? null : `${lag.timeAtLeast ? "at least " : ""}${formatPercent(share)} of retention`,
      ]}
    />
  );
}

function StorageFigure({ storageBytes, storageWithReplicasBytes }: Pick<TenantDetail, "storageBytes" | "storageWithReplicasBytes">) {
  const known = storageBytes.source !== "unavailable";
  const replicas =
    storageWithReplicasBytes.source === "unavailable" ? null : `${formatBytes(storageWithReplicasBytes.value)} with replicas`;
  return (
    <Figure
      label="Storage"
      mark={<ObservedMark observed={storageBytes} />}
      value={known ? `${storageBytes.atLeast ? "≥ " : ""}${formatBytes(storageBytes.value)}` : "unknown"}
      notes={[known ? "one copy" : storageBytes.reason, replicas]}
    />
  );
}

/** The key figures of a tenant: both directions against quota and promise, throttling, the worst lag, storage. */
export function TenantFigures({ tenant }: { tenant: TenantDetail }) {
  return (
    <Figures>
      <UseFigure use={tenant.produce} direction="produce" />
      <UseFigure use={tenant.consume} direction="consume" />
      <ThrottleFigure tenant={tenant} />
      <LagFigure lag={tenant.lag} groups={tenant.groups} />
      <StorageFigure storageBytes={tenant.storageBytes} storageWithReplicasBytes={tenant.storageWithReplicasBytes} />
    </Figures>
  );
}
