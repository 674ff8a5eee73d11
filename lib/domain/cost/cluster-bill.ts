import { formatByteRate, formatBytes, formatCount, formatCountOf } from "@/lib/domain/format";
import type { MskCluster } from "@/lib/domain/msk-facts";
import { type ClusterHoldings, type CostPart, type Holding, MONTH_HOURS, MONTH_SECONDS, type Unpriced } from "./cost";
import { formatPrice } from "./cost-words";
import type { Price, PriceBook } from "./price-list";

/** What price lists call a gigabyte of data that is counted in bytes. */
const GB = 1e9;
/** Metrics of a broker from PER_BROKER on, and of each topic on each broker from PER_TOPIC_PER_BROKER on; AWS's metrics page, rounded. */
const METRICS_PER_BROKER = 45;
const METRICS_PER_TOPIC = 3;

export interface Bill {
  parts: CostPart[];
  unpriced: Unpriced[];
}

/** What a month of an MSK cluster costs as it is now: prices times what is provisioned, stored and passed through. */
export function clusterBill(cluster: MskCluster, holdings: ClusterHoldings, book: PriceBook): Bill {
  const bill: Bill = { parts: [], unpriced: [] };
  if (cluster.kind === "serverless") addServerless(bill, holdings, book);
  else {
    addBrokers(bill, cluster, book);
    if (cluster.kind === "express") addExpress(bill, holdings, book);
    else addVolumes(bill, cluster, book);
    addMonitoring(bill, cluster, holdings, book);
  }
  bill.unpriced.push({
    what: "Transfer between zones",
    reason: "Nobody tells which clients connect across zones.",
    remedy: "See DataTransfer-Regional-Bytes in the account's bill.",
    always: true,
  });
  return bill;
}

function addBrokers({ parts, unpriced }: Bill, { instanceType, brokerCount }: MskCluster, book: PriceBook): void {
  if (instanceType === null || brokerCount === null) {
    unpriced.push({ what: "Brokers", reason: "AWS does not tell their type and number.", remedy: "Check the account's permissions." });
    return;
  }
  const price = priced(unpriced, "Brokers", `broker:${instanceType}`, instanceType, book);
  if (price === null) return;
  const words = `${formatCount(brokerCount)} × ${instanceType} at ${told(price, "an hour")} × ${MONTH_HOURS} h`;
  parts.push({ kind: "brokers", dollars: brokerCount * price.dollars * MONTH_HOURS, words, by: "brokers" });
}

function addVolumes({ parts, unpriced }: Bill, cluster: MskCluster, book: PriceBook): void {
  const { volumeGib, brokerCount, volumeThroughputMibPerSecond: throughput, storageMode } = cluster;
  if (volumeGib === null || brokerCount === null) {
    unpriced.push({ what: "Storage", reason: "AWS does not tell the size of the volumes.", remedy: "Check the account's permissions." });
  } else {
    const price = priced(unpriced, "Storage", "standard-storage", "Standard storage", book);
    const words = `${formatCountOf(brokerCount, "volume")} of ${formatCount(volumeGib)} GiB`;
    if (price !== null)
      parts.push({
        kind: "storage",
        dollars: volumeGib * brokerCount * price.dollars,
        words: `${words} at ${told(price, "a GB and month")}`,
        by: "provisioned",
      });
  }
  if (throughput !== null && brokerCount !== null) {
    const price = priced(unpriced, "Volume throughput", "standard-throughput", "volume throughput", book);
    if (price !== null)
      parts.push({
        kind: "throughput",
        dollars: throughput * brokerCount * price.dollars,
        words: `${formatCount(brokerCount)} × ${formatCount(throughput)} MiB/s at ${told(price, "a MiB/s and month")}`,
        by: "brokers",
      });
  }
  if (storageMode === "tiered") {
    unpriced.push({
      what: "Tiered storage",
      reason: "Kafka does not tell how much lies in the remote tier.",
      remedy: "See RemoteLogSizeBytes in CloudWatch and the account's bill.",
    });
  }
}

function addExpress(bill: Bill, holdings: ClusterHoldings, book: PriceBook): void {
  addStored(bill, "express-storage", holdings, book);
  addPassed(bill, "data-in", "express-in", holdings, book);
}

function addServerless(bill: Bill, holdings: ClusterHoldings, book: PriceBook): void {
  const { parts, unpriced } = bill;
  const hour = priced(unpriced, "Serverless cluster", "serverless-cluster", "a serverless cluster", book);
  if (hour !== null) {
    const words = `${told(hour, "an hour")} × ${MONTH_HOURS} h`;
    parts.push({ kind: "serverless-cluster", dollars: hour.dollars * MONTH_HOURS, words, by: "whole" });
  }
  const partition = priced(unpriced, "Partitions", "serverless-partition", "serverless partitions", book);
  const count = sum(holdings, ({ partitions }) => partitions);
  if (count === null) unpriced.push(unseen("Partitions", "The partitions of its topics cannot be seen."));
  else if (partition !== null)
    parts.push({
      kind: "partitions",
      dollars: count * partition.dollars * MONTH_HOURS,
      words: `${formatCountOf(count, "partition")} at ${told(partition, "an hour")} × ${MONTH_HOURS} h`,
      by: "partitions",
    });
  addStored(bill, "serverless-storage", holdings, book);
  addPassed(bill, "data-in", "serverless-in", holdings, book);
  addPassed(bill, "data-out", "serverless-out", holdings, book);
}

function addStored({ parts, unpriced }: Bill, key: string, holdings: ClusterHoldings, book: PriceBook): void {
  const price = priced(unpriced, "Storage", key, "storage", book);
  const bytes = sum(holdings, ({ stored }) => stored);
  if (bytes === null) unpriced.push(unseen("Storage", "The sizes of its topics are not known."));
  else if (price !== null)
    parts.push({
      kind: "storage",
      dollars: (bytes / GB) * price.dollars,
      words: `${formatBytes(bytes)}, one copy, at ${told(price, "a GB and month")}`,
      by: "stored",
    });
}

function addPassed({ parts, unpriced }: Bill, kind: "data-in" | "data-out", key: string, holdings: ClusterHoldings, book: PriceBook): void {
  const what = kind === "data-in" ? "Data in" : "Data out";
  const price = priced(unpriced, what, key, what.toLowerCase(), book);
  const rate = sum(holdings, ({ inRate, outRate }) => (kind === "data-in" ? inRate : outRate));
  if (rate === null) unpriced.push(unseen(what, "The rates of its topics are not known."));
  else if (price !== null)
    parts.push({
      kind,
      dollars: ((rate * MONTH_SECONDS) / GB) * price.dollars,
      words: `${formatByteRate(rate)} for a month, ${formatBytes(rate * MONTH_SECONDS)}, at ${told(price, "a GB")}`,
      by: kind === "data-in" ? "in" : "out",
    });
}

/** The level's metrics, which CloudWatch bills; DEFAULT and open monitoring are free. */
function addMonitoring({ parts, unpriced }: Bill, cluster: MskCluster, holdings: ClusterHoldings, book: PriceBook): void {
  const { monitoringLevel, brokerCount } = cluster;
  if (monitoringLevel === null || monitoringLevel === "DEFAULT" || brokerCount === null) return;
  const price = priced(unpriced, "Monitoring", "metric", "a CloudWatch metric", book);
  if (price === null) return;
  const metric = told(price, "a metric and month");
  parts.push({
    kind: "monitoring",
    dollars: brokerCount * METRICS_PER_BROKER * price.dollars,
    words: `about ${METRICS_PER_BROKER} metrics on ${formatCountOf(brokerCount, "broker")} at ${metric}`,
    by: "whole",
  });
  if (monitoringLevel === "PER_BROKER") return;
  const topics = sum(holdings, (holding) => holding.topics) ?? 0;
  parts.push({
    kind: "monitoring",
    dollars: topics * METRICS_PER_TOPIC * brokerCount * price.dollars,
    words: `${METRICS_PER_TOPIC} metrics of ${formatCountOf(topics, "topic")} on ${formatCountOf(brokerCount, "broker")} at ${metric}`,
    by: "topics",
  });
  if (monitoringLevel === "PER_TOPIC_PER_PARTITION")
    unpriced.push(
      unseen("Metrics of partitions", "CloudWatch publishes them by group and partition, and how many there are is not counted."),
    );
}

function priced(unpriced: Unpriced[], what: string, key: string, name: string, book: PriceBook): Price | null {
  const price = book.of(key);
  if (price === null)
    unpriced.push({ what, reason: `No price is set for ${name} in ${book.region}.`, remedy: "An operator can set it under Prices." });
  return price;
}

function unseen(what: string, reason: string): Unpriced {
  return { what, reason, remedy: "See the cluster's page for what cannot be seen there." };
}

function told({ dollars, from }: Price, unit: string): string {
  return `${formatPrice(dollars)} ${unit} (${from})`;
}

/** null: not known of somebody. */
function sum({ tenants, shared, others }: ClusterHoldings, of: (holding: Holding) => number | null): number | null {
  let total = 0;
  for (const holding of [...tenants.values(), shared, others]) {
    const value = of(holding);
    if (value === null) return null;
    total += value;
  }
  return total;
}
