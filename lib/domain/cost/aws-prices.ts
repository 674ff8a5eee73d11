/**
 * AWS's public prices on demand, US dollars without tax, by region and by the keys of price-list.ts. A region or an item that is not
 * here has no price until an operator sets one. Change figures only together with `version` and `asOf`.
 */
export const AWS_PRICES: {
  version: number;
  /** Month in which the figures were read. */
  asOf: string;
  source: string;
  /** Items whose figures were not confirmed on AWS's own page. */
  unconfirmed: readonly string[];
  regions: Readonly<Record<string, Readonly<Record<string, number>>>>;
} = {
  version: 1,
  asOf: "2026-08",
  source: "https://aws.amazon.com/msk/pricing/",
  unconfirmed: [
    "broker:kafka.t3.small",
    "serverless-cluster",
    "serverless-partition",
    "serverless-in",
    "serverless-out",
    "serverless-storage",
  ],
  regions: {
    "us-east-1": {
      "broker:kafka.t3.small": 0.0456,
      "broker:kafka.m5.large": 0.21,
      "broker:kafka.m5.xlarge": 0.42,
      "broker:kafka.m5.2xlarge": 0.84,
      "broker:kafka.m5.4xlarge": 1.68,
      "broker:kafka.m5.8xlarge": 3.36,
      "broker:kafka.m5.12xlarge": 5.04,
      "broker:kafka.m5.16xlarge": 6.72,
      "broker:kafka.m5.24xlarge": 10.08,
      "broker:kafka.m7g.large": 0.204,
      "broker:kafka.m7g.xlarge": 0.408,
      "broker:kafka.m7g.2xlarge": 0.816,
      "broker:kafka.m7g.4xlarge": 1.632,
      "broker:kafka.m7g.8xlarge": 3.264,
      "broker:kafka.m7g.12xlarge": 4.896,
      "broker:kafka.m7g.16xlarge": 6.528,
      "broker:express.m7g.large": 0.408,
      "broker:express.m7g.xlarge": 0.816,
      "broker:express.m7g.2xlarge": 1.632,
      "broker:express.m7g.4xlarge": 3.264,
      "broker:express.m7g.8xlarge": 6.528,
      "broker:express.m7g.12xlarge": 9.792,
      "broker:express.m7g.16xlarge": 13.056,
      "standard-storage": 0.1,
      "standard-throughput": 0.08,
      "express-storage": 0.1,
      "express-in": 0.01,
      "serverless-cluster": 0.75,
      "serverless-partition": 0.0015,
      "serverless-in": 0.1,
      "serverless-out": 0.05,
      "serverless-storage": 0.1,
      "zone-transfer": 0.02,
      metric: 0.3,
      "metric-request": 0.01,
    },
  },
};
