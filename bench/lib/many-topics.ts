import type { Fixture } from "@/sandbox/aws/start-aws";
import { expressFixture } from "@/sandbox/aws/testing/fixtures";

/** A cluster that only AWS shows, with as many topics as asked for, each with its series on each of three brokers. */
export function manyTopics(name: string, topics: readonly string[], untilMs: number): Fixture {
  const { clusters, points } = expressFixture({ name, untilMs, minutes: 2 });
  const [cluster] = clusters;
  if (cluster === undefined) throw new Error("the fixture has no cluster");
  const template = points.filter(({ dimensions }) => dimensions.Topic === "express.orders" && dimensions["Consumer Group"] === undefined);
  const others = points.filter(({ dimensions }) => dimensions.Topic === undefined);
  const series = topics.flatMap((Topic) => template.map((point) => ({ ...point, dimensions: { ...point.dimensions, Topic } })));
  const partitions = [{ partition: 0, leader: 1, replicas: [1, 2, 3], isr: [1, 2, 3] }];
  const list = topics.map((topic) => ({ name: topic, partitions }));
  return { clusters: [{ ...cluster, topics: { ...cluster.topics, list: async () => list } }], points: [...others, ...series] };
}
