import { describe, expect, it } from "vitest";
import { problemOfCode } from "./answered-error";

describe("an error code inside an answer", () => {
  it.each([
    ["OffsetFetch", 30, "billing", "Allow DESCRIBE on group 'billing' to the console's user (with IAM: kafka-cluster:DescribeGroup)."],
    ["ListOffsets", 29, "orders", "Allow DESCRIBE on topic 'orders' to the console's user (with IAM: kafka-cluster:DescribeTopic)."],
    ["Fetch", 29, "orders", "Allow READ on topic 'orders' to the console's user (with IAM: kafka-cluster:ReadData)."],
    [
      "DescribeConfigs",
      29,
      "orders",
      "Allow DESCRIBE_CONFIGS on topic 'orders' to the console's user (with IAM: kafka-cluster:DescribeTopicDynamicConfiguration).",
    ],
    [
      "DescribeClientQuotas",
      31,
      undefined,
      "Allow DESCRIBE_CONFIGS on the cluster to the console's user (with IAM: kafka-cluster:DescribeClusterDynamicConfiguration).",
    ],
    [
      "IncrementalAlterConfigs",
      31,
      undefined,
      "Allow ALTER_CONFIGS on the cluster to the console's user (with IAM: kafka-cluster:AlterClusterDynamicConfiguration).",
    ],
    ["DescribeAcls", 31, undefined, "Allow DESCRIBE on the cluster to the console's user (with IAM: kafka-cluster:DescribeCluster)."],
  ])("%s %i names the missing permission", (operation, errorCode, resource, remedy) => {
    const problem = problemOfCode(errorCode, { operation, ...(resource === undefined ? {} : { resource }) });
    expect(problem).toMatchObject({ code: "forbidden", operation, remedy });
    expect(problem.resource).toBe(resource);
  });

  it.each([
    [5, "unavailable"],
    [6, "unavailable"],
    [7, "timeout"],
    [17, "invalid"],
    [35, "unsupported"],
    [37, "invalid"],
    [41, "unavailable"],
    [44, "invalid"],
    [89, "unavailable"],
    [54, "unsupported"],
    [58, "authentication"],
  ] as const)("%i is %s", (errorCode, code) => {
    expect(problemOfCode(errorCode, { operation: "Metadata" })).toMatchObject({ code });
  });

  it("keeps the broker's own sentence", () => {
    const problem = problemOfCode(40, { operation: "DescribeConfigs", sentence: "Invalid value abc", brokerId: 2 });
    expect(problem).toEqual({
      code: "invalid",
      operation: "DescribeConfigs",
      message: "Invalid value abc (INVALID_CONFIG)",
      brokerId: 2,
    });
  });

  it("survives a code that is younger than the client", () => {
    expect(problemOfCode(9999, { operation: "Metadata" })).toMatchObject({ code: "unavailable", message: expect.stringContaining("9999") });
  });
});
