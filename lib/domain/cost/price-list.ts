import { z } from "zod";
import { AWS_PRICES } from "./aws-prices";

const STANDARD_SIZES = {
  m5: ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge"],
  m7g: ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"],
} as const;
const EXPRESS_SIZES = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"] as const;

/** Broker types the console knows a limit or a price of. Others are not priced. */
export const BROKER_TYPES: readonly string[] = [
  "kafka.t3.small",
  ...Object.entries(STANDARD_SIZES).flatMap(([family, sizes]) => sizes.map((size) => `kafka.${family}.${size}`)),
  ...EXPRESS_SIZES.map((size) => `express.m7g.${size}`),
];

export interface PriceItem {
  key: string;
  label: string;
  /** Of one of what, in words. */
  unit: string;
}

/** Everything of a region that the console multiplies with something it sees. */
export const PRICE_ITEMS: readonly PriceItem[] = [
  ...BROKER_TYPES.map((type) => ({ key: `broker:${type}`, label: type, unit: "broker and hour" })),
  { key: "standard-storage", label: "Standard storage, provisioned", unit: "GB and month" },
  { key: "standard-throughput", label: "Standard volume throughput, provisioned", unit: "MiB/s and month" },
  { key: "express-storage", label: "Express storage", unit: "GB and month" },
  { key: "express-in", label: "Express data in", unit: "GB" },
  { key: "serverless-cluster", label: "Serverless cluster", unit: "hour" },
  { key: "serverless-partition", label: "Serverless partition", unit: "partition and hour" },
  { key: "serverless-in", label: "Serverless data in", unit: "GB" },
  { key: "serverless-out", label: "Serverless data out", unit: "GB" },
  { key: "serverless-storage", label: "Serverless storage", unit: "GB and month" },
  { key: "zone-transfer", label: "Transfer between zones", unit: "GB" },
  { key: "metric", label: "CloudWatch metric", unit: "metric and month" },
  { key: "metric-request", label: "CloudWatch GetMetricData", unit: "1,000 series" },
];

const KEYS = new Set(PRICE_ITEMS.map(({ key }) => key));

/** Prices by the keys of `PRICE_ITEMS`, US dollars. */
export const Prices = z.record(
  z.string().refine((key) => KEYS.has(key), "is no price that the console uses"),
  z.number().min(0).max(1_000_000),
);
export type Prices = z.infer<typeof Prices>;

/** A region as AWS writes it. */
export const Region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a region such as eu-central-1");

/** What an operator set for a region. It goes before AWS's own figures, item by item. */
export interface PriceSet {
  region: string;
  prices: Prices;
  by: string;
  /** ISO time. */
  at: string;
  reason: string;
}

export interface Price {
  dollars: number;
  /** Where it is from, for the arithmetic: "AWS, 2026-08" or "set by anna". */
  from: string;
}

/** The prices of one region, AWS's public ones with what an operator set before them. */
export interface PriceBook {
  region: string;
  /** null: no price is set for this item. */
  of: (key: string) => Price | null;
}

export function priceBook(region: string, set: PriceSet | undefined): PriceBook {
  const listed = AWS_PRICES.regions[region] ?? {};
  return {
    region,
    of(key) {
      const own = set?.prices[key];
      if (own !== undefined) return { dollars: own, from: `set by ${set?.by}` };
      const dollars = listed[key];
      return dollars === undefined ? null : { dollars, from: `AWS, ${AWS_PRICES.asOf}` };
    },
  };
}

/** Whether anything at all is priced in a region. */
export function isPriced(book: PriceBook): boolean {
  return PRICE_ITEMS.some(({ key }) => book.of(key) !== null);
}
