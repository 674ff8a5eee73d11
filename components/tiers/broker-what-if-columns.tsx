import { Clipped } from "@/components/ui/clipped";
import type { Column } from "@/components/ui/table";
import { formatDollars } from "@/lib/domain/cost/cost-words";
import { formatByteRate, formatCount, formatCountOf, formatPercent } from "@/lib/domain/format";
import type { Direction } from "@/lib/domain/views/use";
import type { BrokerSize, BrokerWhatIf, SizedTenant } from "@/lib/domain/views/what-if";

const HEADS: Record<Direction, string> = { produce: "Produce", consume: "Consume" };

function brokersWords({ brokers, isNow, isTaken }: BrokerSize): string {
  if (isNow) return "as it is now";
  return isTaken === false ? "no size that MSK takes" : brokers === 1 ? "one broker" : "instead";
}

/** A part of what so many brokers take; null: one of the two is not known. */
function Share({ of, capacity }: { of: number | null; capacity: number | null }) {
  if (of === null || capacity === null || capacity === 0) return <span className="tone-faint">unknown</span>;
  const share = of / capacity;
  return <span className={share > 1 ? "tone-danger" : share >= 0.8 ? "tone-warn" : undefined}>{formatPercent(share)}</span>;
}

function Count({ value }: { value: number }) {
  return value === 0 ? <span className="tone-faint">0</span> : <span className="tone-warn">{formatCount(value)}</span>;
}

function Money({ size, now }: { size: BrokerSize; now: BrokerSize | undefined }) {
  if (size.dollarsPerMonth === null) return <span className="tone-faint">no price</span>;
  const difference = size.isNow || now?.dollarsPerMonth == null ? null : size.dollarsPerMonth - now.dollarsPerMonth;
  return (
    <span>
      {formatDollars(size.dollarsPerMonth)}
      {difference === null ? null : (
        <span className="sub">
          {difference > 0 ? "+" : "−"}
          {formatDollars(Math.abs(difference))}
        </span>
      )}
    </span>
  );
}

/** Sizes of a cluster as rows: what is promised and what passed against what they take, who is throttled, and the bill. */
export function sizeColumns({ promised, peak, sizes }: BrokerWhatIf): Column<BrokerSize>[] {
  const now = sizes.find(({ isNow }) => isNow);
  const ofDirection = (direction: Direction): Column<BrokerSize>[] => [
    {
      key: `${direction} capacity`,
      head: `${HEADS[direction]}, at most`,
      align: "right",
      cell: (size) => {
        const { capacity } = size[direction];
        return capacity === null ? <span className="tone-faint">not published</span> : formatByteRate(capacity);
      },
    },
    {
      key: `${direction} promised`,
      head: `${HEADS[direction]}, promised`,
      align: "right",
      cell: (size) => (
        <span>
          <Share of={promised[direction]} capacity={size[direction].capacity} />
          <span className="sub">
            one down <Share of={promised[direction]} capacity={size[direction].capacityOneDown} />
          </span>
        </span>
      ),
    },
    {
      key: `${direction} peak`,
      head: `${HEADS[direction]}, peak`,
      align: "right",
      cell: (size) => <Share of={peak[direction]} capacity={size[direction].capacity} />,
    },
  ];
  return [
    {
      key: "brokers",
      head: "Brokers",
      className: "name",
      cell: (size) => (
        <span>
          {formatCount(size.brokers)} <span className="tone-faint">{brokersWords(size)}</span>
        </span>
      ),
    },
    ...ofDirection("produce"),
    ...ofDirection("consume"),
    {
      key: "throttled",
      head: "Tenants throttled",
      align: "right",
      cell: ({ throttled, throttledOneDown }) => (
        <span>
          <Count value={throttled} />
          <span className="sub">
            one down <Count value={throttledOneDown} />
          </span>
        </span>
      ),
    },
    { key: "bill", head: "Bill a month", align: "right", cell: (size) => <Money size={size} now={now} /> },
  ];
}

/** Tenants by what their highest minute would be of what their quotas let through, at each size. */
export function sizedTenantColumns(sizes: readonly BrokerSize[]): Column<SizedTenant>[] {
  return [
    {
      key: "name",
      head: "Tenant",
      className: "name",
      cell: ({ tenantName }) => <Clipped text={tenantName} />,
    },
    { key: "direction", head: "Direction", cell: ({ direction }) => direction },
    {
      key: "peak",
      head: "Highest minute",
      align: "right",
      cell: ({ peakBytesPerSecond, isCutOff }) => (
        <span title={isCutOff ? "It was throttled in this time, so that it wanted at least this." : undefined}>
          {isCutOff ? "≥ " : ""}
          {formatByteRate(peakBytesPerSecond)}
        </span>
      ),
    },
    { key: "quota", head: "Quota a broker", align: "right", cell: ({ quotaBytesPerSecond }) => formatByteRate(quotaBytesPerSecond) },
    ...sizes.map(
      ({ brokers, isNow }, at): Column<SizedTenant> => ({
        key: `size ${brokers}`,
        head: isNow ? `${brokers}, now` : `On ${formatCountOf(brokers, "broker")}`,
        align: "right",
        cell: (tenant) => <AtSize tenant={tenant} at={at} />,
      }),
    ),
  ];
}

function AtSize({ tenant: { bySize, isCutOff }, at }: { tenant: SizedTenant; at: number }) {
  const size = bySize[at];
  if (size === undefined) return null;
  const least = isCutOff ? "≥ " : "";
  const words = `${formatCountOf(size.brokersLeading, "broker")} leading; ${size.by === "hottest" ? "by its hottest broker" : "spread evenly"}`;
  return (
    <span title={words}>
      <span className={size.share > 1 ? "tone-danger" : undefined}>
        {least}
        {formatPercent(size.share)}
      </span>
      <span className="sub">
        one down {least}
        {formatPercent(size.shareOneDown)}
      </span>
    </span>
  );
}
