import type { AwsRegion } from "@/lib/aws";
import type { Clock } from "@/lib/collector/clock";
import { CLOUD_METRICS, type CloudNeeds, neededSeries } from "@/lib/domain/cloud/metrics";
import { newestFacts } from "@/lib/domain/cloud/newest-facts";
import type { CloudFacts, PublishedSeries } from "@/lib/domain/cloud-facts";
import type { Problem, Reading } from "@/lib/domain/facts";

/** What is published changes when topics and groups come and go; ListMetrics itself lags by minutes. */
const PUBLISHED_FRESH_MS = 900_000;
/** Until there is anything, it is looked for more often. */
const NOTHING_FRESH_MS = 60_000;
/** A new metric takes up to a quarter of an hour to be listed: until then it is no fault that none is. */
const YOUNG_MS = 20 * 60_000;
/** Datapoints come one to two minutes late. */
const WINDOW_MS = 300_000;

/** A cluster as CloudWatch knows it. */
export interface CloudCluster {
  name: string;
  serverless: boolean;
  /** ISO; null: AWS did not say. */
  createdAt: string | null;
}

export interface CloudReader {
  /** The newest minute of what is needed and published. null: CloudWatch told nothing. */
  read: (cluster: CloudCluster, needs: CloudNeeds) => Promise<Reading<CloudFacts | null>>;
}

/** Asks CloudWatch for what nobody nearer tells of one cluster; knows from ListMetrics what is worth asking for. */
export function createCloudReader(region: AwsRegion, clock: Clock): CloudReader {
  let published: PublishedSeries | null = null;

  async function readPublished(name: string): Promise<Problem[]> {
    const freshMs = published === null || published.keys.length === 0 ? NOTHING_FRESH_MS : PUBLISHED_FRESH_MS;
    if (published !== null && clock.now() - Date.parse(published.at) < freshMs) return [];
    const { value, problems } = await region.listPublished(name, CLOUD_METRICS);
    if (value !== null) published = value;
    return problems;
  }

  return {
    async read({ name, serverless, createdAt }, needs) {
      const problems = await readPublished(name);
      if (published === null) return { value: null, problems };
      const keys = neededSeries(published.keys, needs);
      const isYoung = createdAt !== null && clock.now() - Date.parse(createdAt) < YOUNG_MS;
      if (keys.length === 0) return { value: null, problems: isYoung ? problems : [...problems, unpublished(name)] };
      const endMs = Math.floor(clock.now() / 60_000) * 60_000;
      const answer = await region.readSeries({
        clusterName: name,
        serverless,
        keys,
        startMs: endMs - WINDOW_MS,
        endMs,
        periodSeconds: 60,
      });
      return { value: newestFacts(answer.value, published), problems: [...problems, ...answer.problems] };
    },
  };
}

function unpublished(name: string): Problem {
  return {
    code: "unavailable",
    operation: "ListMetrics",
    message: `CloudWatch has had no series of ${name} in the last three hours.`,
    remedy: "A new metric takes up to 15 minutes to be listed; check that the cluster is ACTIVE and has traffic.",
  };
}
