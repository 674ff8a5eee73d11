import { describe, expect, it } from "vitest";
import { clusterArnParts, hasTopicApi, kafkaVersionOf, topicArn } from "./msk-cluster";

const ARN = "arn:aws-cn:kafka:cn-north-1:111122223333:cluster/shared-1/0a1b-7";

describe("names of MSK", () => {
  it("tell account, region and cluster", () => {
    expect(clusterArnParts(ARN)).toEqual({
      partition: "aws-cn",
      region: "cn-north-1",
      accountId: "111122223333",
      name: "shared-1",
      uuid: "0a1b-7",
    });
    expect(clusterArnParts("arn:aws:kafka:eu-central-1:1:topic/a/b/c")).toBeNull();
    expect(topicArn(ARN, "acme.orders")).toBe("arn:aws-cn:kafka:cn-north-1:111122223333:topic/shared-1/0a1b-7/acme.orders");
  });

  it.each([
    ["3.8.x", 3, 8],
    ["4.1.x.kraft", 4, 1],
    ["3.7.x.kraft", 3, 7],
    ["2.8.2.tiered", 2, 8],
    ["3.10.0", 3, 10],
    ["4.2", 4, 2],
  ])("%s is %i.%i", (text, major, minor) => expect(kafkaVersionOf(text)).toEqual({ major, minor }));

  it.each([null, "", "x.y", "latest"])("%s is no version", (text) => expect(kafkaVersionOf(text)).toBeNull());

  it.each([
    ["standard", "3.6.0", true],
    ["standard", "3.5.1", false],
    ["standard", "2.8.2.tiered", false],
    ["express", "4.2.x.kraft", true],
    ["standard", "younger", true],
    ["serverless", null, false],
  ] as const)("%s with %s answers for topics: %s", (kind, kafkaVersion, has) => expect(hasTopicApi({ kind, kafkaVersion })).toBe(has));
});
