import { NO_BROKER } from "@/lib/domain/cloud/newest-facts";
import type { CloudFacts } from "@/lib/domain/cloud-facts";
import type { BrokerMeterFact, TopicMeterFact } from "@/lib/domain/facts";
import type { BrokerMeters } from "@/lib/domain/snapshot";

/**
 * CloudWatch's newest minute in the shape of a broker's meters, for brokers whose exporters cannot be read. It knows no clients. A
 * serverless cluster has no brokers: all of it stands under broker 0.
 */
export function cloudMeters(cloud: CloudFacts): Map<number, BrokerMeters> {
  const meters = new Map<number, BrokerMeters>();
  const of = (brokerId: number): BrokerMeters => {
    const known = meters.get(brokerId) ?? { at: cloud.at, clients: [], topics: new Map<string, TopicMeterFact>(), broker: {} };
    meters.set(brokerId, known);
    return known;
  };
  for (const [brokerId, metrics] of cloud.brokers) of(brokerId).broker = brokerMeter(metrics);
  for (const [topic, byBroker] of cloud.topics) for (const [brokerId, rates] of byBroker) of(brokerId).topics.set(topic, { ...rates });
  const whole = meters.get(NO_BROKER);
  if (whole !== undefined) whole.broker = sumOfTopics(whole);
  return meters;
}

/** A serverless cluster publishes by topic alone: what it does as a whole is their sum. */
function sumOfTopics({ topics }: BrokerMeters): BrokerMeterFact {
  const sum: BrokerMeterFact = {};
  for (const rates of topics.values()) {
    for (const field of ["bytesInPerSecond", "bytesOutPerSecond", "recordsInPerSecond"] as const) {
      const rate = rates[field];
      if (rate !== undefined) sum[field] = (sum[field] ?? 0) + rate;
    }
  }
  return sum;
}

function brokerMeter(metrics: Record<string, number>): BrokerMeterFact {
  const meter: BrokerMeterFact = {};
  const put = (field: Exclude<keyof BrokerMeterFact, `${string}Total`>, value: number | undefined): void => {
    if (value !== undefined) meter[field] = value;
  };
  put("bytesInPerSecond", metrics.BytesInPerSec);
  put("bytesOutPerSecond", metrics.BytesOutPerSec);
  put("recordsInPerSecond", metrics.MessagesInPerSec);
  put("requestHandlerIdle", shareOf(metrics.RequestHandlerAvgIdlePercent));
  put("networkProcessorIdle", shareOf(metrics.NetworkProcessorAvgIdlePercent));
  put("produceTotalTimeMsMean", metrics.ProduceTotalTimeMsMean);
  put("fetchConsumerTotalTimeMsMean", metrics.FetchConsumerTotalTimeMsMean);
  put("leaderCount", metrics.LeaderCount);
  put("partitionCount", metrics.PartitionCount);
  return meter;
}

/** Named percent and published as a share of one, like the broker's own meter; no handler idles more than all the time. */
function shareOf(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.min(1, value);
}

/** User and system time together, 0 to 1; undefined: not published. AWS advises to keep it below 0.6. */
export function cpuUsedShare({ CpuUser: user, CpuSystem: system }: Record<string, number>): number | undefined {
  return user === undefined || system === undefined ? undefined : (user + system) / 100;
}
