import { formatByteRate, formatBytes, formatCountOf, formatPercent } from "@/lib/domain/format";
import type { ClusterHoldings, CostHolder, CostLine, CostPart, Holding } from "./cost";

/** What a cluster can take for good, in bytes per second and in bytes; null: nobody says. */
export interface Plant {
  capacityIn: number | null;
  capacityOut: number | null;
  provisionedBytes: number | null;
}

interface Share {
  holder: CostHolder;
  holding: Holding;
}

/**
 * Shares each part of a bill out among those who hold something of the cluster. What is over, and what cannot be told apart, has lines
 * of its own, so that the lines always add up to the bill. A cluster of one tenant is that tenant's with all that is idle in it.
 */
export function splitBill(parts: readonly CostPart[], holdings: ClusterHoldings, plant: Plant): CostLine[] {
  const shares = sharesOf(holdings);
  const lines = parts.flatMap((part) => splitPart(part, shares, plant));
  const { sole } = holdings;
  return sole === null ? lines : lines.map((one) => ({ ...one, holder: { kind: "tenant", tenantId: sole } }));
}

function sharesOf({ tenants, shared, others }: ClusterHoldings): Share[] {
  return [
    ...[...tenants].map(([tenantId, holding]): Share => ({ holder: { kind: "tenant", tenantId }, holding })),
    { holder: { kind: "shared" }, holding: shared },
    { holder: { kind: "others" }, holding: others },
  ];
}

function splitPart(part: CostPart, shares: readonly Share[], plant: Plant): CostLine[] {
  switch (part.by) {
    case "brokers":
      return splitByTraffic(part, shares, plant);
    case "provisioned":
      return splitBy(part, shares, ({ storedOnAll }) => storedOnAll, { whole: plant.provisionedBytes, rest: IDLE, words: formatBytes });
    case "stored":
      return splitBy(part, shares, ({ stored }) => stored, { whole: null, rest: REST, words: formatBytes });
    case "in":
      return splitBy(part, shares, ({ inRate }) => inRate, { whole: null, rest: REST, words: formatByteRate });
    case "out":
      return splitBy(part, shares, ({ outRate }) => outRate, { whole: null, rest: REST, words: formatByteRate });
    case "partitions":
      return splitBy(part, shares, ({ partitions }) => partitions, { whole: null, rest: REST, words: partitionWords });
    case "topics":
      return splitBy(part, shares, ({ topics }) => topics, { whole: null, rest: REST, words: topicWords });
    case "whole":
      return [{ holder: REST, kind: part.kind, of: "all", dollars: part.dollars, arithmetic: `${part.words}: of the cluster as a whole.` }];
  }
}

const REST: CostHolder = { kind: "rest" };
const IDLE: CostHolder = { kind: "idle" };
const partitionWords = (count: number): string => formatCountOf(count, "partition");
const topicWords = (count: number): string => formatCountOf(count, "topic");

interface Whole {
  /** What is paid for; null: exactly what is held. */
  whole: number | null;
  /** Whose what is over is. */
  rest: CostHolder;
  words: (quantity: number) => string;
}

function splitBy(
  part: CostPart,
  shares: readonly Share[],
  quantityOf: (holding: Holding) => number | null,
  { whole, rest, words }: Whole,
): CostLine[] {
  const known = shares.map(({ holder, holding }) => ({ holder, quantity: quantityOf(holding) }));
  if (whole === null && known.some(({ quantity }) => quantity === null)) return [unsplit(part)];
  const held = known.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
  const all = Math.max(whole ?? 0, held);
  if (all === 0) return [line(part, rest, "idle", 1, "Nobody holds anything of it.")];
  const lines = known.flatMap(({ holder, quantity }) => {
    if (quantity === null || quantity === 0) return [];
    return [line(part, holder, "all", quantity / all, `${words(quantity)} of ${words(all)}`)];
  });
  const over = all - held;
  return over > 0
    ? [...lines, line(part, rest, "idle", over / all, `${words(over)} of ${words(all)} that nobody is known to hold`)]
    : lines;
}

/**
 * Brokers by traffic: what each sends and receives, and what is kept free for its promise beyond that. Where it is known what the
 * brokers can take, the rest is idle; where it is not, all of the brokers' price is shared out, and idle capacity cannot be told.
 */
function splitByTraffic(part: CostPart, shares: readonly Share[], plant: Plant): CostLine[] {
  if (shares.some(({ holding }) => holding.inRate === null || holding.outRate === null)) return [unsplit(part)];
  const held = shares.map(({ holder, holding }) => ({ holder, used: usedOf(holding), reserved: reservedOf(holding) }));
  const total = held.reduce((sum, { used, reserved }) => sum + used + reserved, 0);
  const capacity = plant.capacityIn === null || plant.capacityOut === null ? null : plant.capacityIn + plant.capacityOut;
  const all = Math.max(capacity ?? 0, total);
  if (all === 0) return [line(part, IDLE, "idle", 1, "Nothing passes through the cluster and nothing is promised on it.")];
  const of = capacity === null ? "used and promised on it; what its brokers can take is not published" : "in and out that it can take";
  const lines = held.flatMap(({ holder, used, reserved }) => [
    ...(used > 0 ? [line(part, holder, "used", used / all, `${formatByteRate(used)} in and out, of ${formatByteRate(all)} ${of}`)] : []),
    ...(reserved > 0
      ? [
          line(
            part,
            holder,
            "reserved",
            reserved / all,
            `${formatByteRate(reserved)} promised and not used, of ${formatByteRate(all)} ${of}`,
          ),
        ]
      : []),
  ]);
  const over = all - total;
  if (over <= 0) return lines;
  return [...lines, line(part, IDLE, "idle", over / all, `${formatByteRate(over)} of ${formatByteRate(all)} neither used nor promised`)];
}

function usedOf({ inRate, outRate }: Holding): number {
  return (inRate ?? 0) + (outRate ?? 0);
}

function reservedOf({ inRate, outRate, reservedIn, reservedOut }: Holding): number {
  return Math.max(0, reservedIn - (inRate ?? 0)) + Math.max(0, reservedOut - (outRate ?? 0));
}

function line(part: CostPart, holder: CostHolder, of: CostLine["of"], share: number, why: string): CostLine {
  return { holder, kind: part.kind, of, dollars: part.dollars * share, arithmetic: `${formatPercent(share)} of ${part.words}: ${why}.` };
}

function unsplit(part: CostPart): CostLine {
  return {
    holder: REST,
    kind: part.kind,
    of: "all",
    dollars: part.dollars,
    arithmetic: `${part.words}. It cannot be shared out: not everybody's use is known.`,
  };
}
