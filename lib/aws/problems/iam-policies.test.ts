import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { permissionRemedy as kafkaRemedy } from "@/lib/kafka/problems/permissions";
import { type AwsOperation, NEEDED_ACTIONS } from "./permissions";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const READING_RUNGS = ["describe-and-cloudwatch", "kafka-describe", "sampling"] as const;
const RUNGS = [...READING_RUNGS, "writes", "secrets"] as const;
const CHANGES: ReadonlySet<AwsOperation> = new Set(["UpdateTopic"]);

/** What an action is worth nothing without: the table of actions in the MSK developer guide ("Required actions"). */
const REQUIRED: Record<string, string[]> = {
  AlterClusterDynamicConfiguration: ["Connect", "DescribeClusterDynamicConfiguration"],
  AlterTopic: ["Connect", "DescribeTopic"],
  AlterTopicDynamicConfiguration: ["Connect", "DescribeTopicDynamicConfiguration"],
};
const ACTION = /\b(kafka|kafka-cluster|cloudwatch|kms|secretsmanager):[A-Z][A-Za-z]+/g;

interface Statement {
  Sid: string;
  Effect: string;
  Action: string | string[];
  Resource: string;
  Condition?: unknown;
}

function statementsOf(rung: string): Statement[] {
  const policy = JSON.parse(readFileSync(join(ROOT, "docs/iam", `${rung}.json`), "utf8")) as { Version: string; Statement: Statement[] };
  expect(policy.Version).toBe("2012-10-17");
  return policy.Statement;
}

const actionsOf = (rung: string) => statementsOf(rung).flatMap(({ Action }) => Action);

describe("the IAM policy files", () => {
  it("grant what each call at AWS needs: MSK, CloudWatch and KMS on the first rung, Kafka's actions on the second, changes and secrets apart", () => {
    for (const [operation, actions] of NEEDED_ACTIONS) {
      if (operation === "AssumeRole") continue;
      if (operation === "GetSecretValue") {
        expect(actionsOf("secrets").toSorted()).toEqual([...actions].sort());
        continue;
      }
      const reading = actions.every((action) => action.startsWith("kafka-cluster:")) ? "kafka-describe" : "describe-and-cloudwatch";
      expect(actionsOf(CHANGES.has(operation) ? "writes" : reading), operation).toEqual(expect.arrayContaining([...actions]));
    }
  });

  it.each([
    ["Metadata", 29, "kafka-describe"],
    ["OffsetFetch", 30, "kafka-describe"],
    ["DescribeAcls", 31, "kafka-describe"],
    ["DescribeClientQuotas", 31, "kafka-describe"],
    ["DescribeConfigs", 29, "kafka-describe"],
    ["DescribeConfigs", 31, "kafka-describe"],
    ["Fetch", 29, "sampling"],
    ["IncrementalAlterConfigs", 29, "writes"],
    ["IncrementalAlterConfigs", 31, "writes"],
    ["AlterClientQuotas", 31, "writes"],
    ["CreatePartitions", 29, "writes"],
  ] as const)("grant what Kafka's %s (%i) asks for in its remedy: %s", (operation, errorCode, rung) => {
    const [action] = kafkaRemedy(operation, errorCode)?.match(ACTION) ?? [];
    expect(actionsOf(rung)).toContain(action);
  });

  it("grant with writes what a change needs and no more, and all that its actions require: it stands by itself", () => {
    const granted = actionsOf("writes");
    const altering = granted.filter((action) => action.startsWith("kafka-cluster:Alter")).map((action) => action.split(":")[1] ?? "");
    expect(altering.sort()).toEqual(Object.keys(REQUIRED).sort());
    const needed = new Set(altering.flatMap((action) => [action, ...(REQUIRED[action] ?? [])]).map((action) => `kafka-cluster:${action}`));
    expect(granted.toSorted()).toEqual([...needed].sort());
  });

  it("grant nothing to readings twice, and no change", () => {
    const granted = READING_RUNGS.flatMap(actionsOf);
    expect(granted.filter((action, index) => granted.indexOf(action) !== index)).toEqual([]);
    expect(granted.filter((action) => !/:(Describe|List|Get|Connect$|ReadData$)/.test(action))).toEqual([]);
  });

  it("let a key decrypt secrets alone", () => {
    const decrypting = RUNGS.flatMap(statementsOf).filter(({ Action }) => [Action].flat().includes("kms:Decrypt"));
    expect(decrypting.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { "kms:ViaService": "secretsmanager.<region>.amazonaws.com" } },
    ]);
  });

  it("have no wildcard among their actions, and name their resources", () => {
    for (const rung of RUNGS) {
      for (const { Effect, Action, Resource, Condition } of statementsOf(rung)) {
        expect(Effect).toBe("Allow");
        for (const action of [Action].flat()) expect(action).not.toContain("*");
        if (Resource === "*") expect(Condition, rung).toEqual({ StringEquals: { "aws:RequestedRegion": "<region>" } });
        else
          expect(Resource).toMatch(
            /^arn:aws:kafka:<region>:<account>:(cluster|topic|group)\/<cluster>\/\*$|:configuration\/\*$|^arn:aws:kms:<region>:<account>:key\/(\*|<key>)$|^arn:aws:secretsmanager:<region>:<account>:secret:<secret>-\?{6}$/,
          );
      }
    }
  });

  it("know every action that any part of the console names", () => {
    const granted = new Set(RUNGS.flatMap(actionsOf));
    const sources = globSync("lib/{aws,kafka,metrics}/**/*.ts", { cwd: ROOT }).filter(
      (path) => !path.includes(".test.") && !path.includes("/testing/"),
    );
    expect(sources.length).toBeGreaterThan(50);
    for (const path of sources) {
      for (const [action] of readFileSync(join(ROOT, path), "utf8").matchAll(ACTION))
        expect(granted, `${action} in ${path}`).toContain(action);
    }
  });
});
