import { AclOperations, AclPermissionTypes, ResourcePatternTypes, ResourceTypes } from "@platformatic/kafka";
import { describe, expect, it } from "vitest";
import { consoleReadRules, consoleWriteRules, wireAcl } from "./acls";

const WRITES = ["ALL", "WRITE", "CREATE", "DELETE", "ALTER", "ALTER_CONFIGS", "CLUSTER_ACTION", "IDEMPOTENT_WRITE"];

describe("the console's permissions", () => {
  it("to read contain nothing that changes a cluster or takes part in a group", () => {
    for (const { operation, resource } of consoleReadRules("console")) {
      expect(WRITES).not.toContain(operation);
      expect(`${resource} ${operation}`).not.toBe("GROUP READ");
    }
  });

  it("to write change configurations, quotas and partitions, and neither create, delete nor produce", () => {
    expect(consoleWriteRules("console").map(({ resource, operation }) => `${resource} ${operation}`)).toEqual([
      "CLUSTER ALTER_CONFIGS",
      "TOPIC ALTER_CONFIGS",
      "TOPIC ALTER",
    ]);
  });
});

describe("a rule in Kafka's protocol", () => {
  it("covers every name when it names none, and the cluster by Kafka's own name", () => {
    expect(wireAcl({ user: "u", resource: "TOPIC", operation: "READ" })).toEqual({
      resourceType: ResourceTypes.TOPIC,
      resourceName: "*",
      resourcePatternType: ResourcePatternTypes.LITERAL,
      principal: "User:u",
      host: "*",
      operation: AclOperations.READ,
      permissionType: AclPermissionTypes.ALLOW,
    });
    expect(wireAcl({ user: "u", resource: "CLUSTER", operation: "DESCRIBE" }).resourceName).toBe("kafka-cluster");
  });

  it("covers the names that begin with a prefix, and denies where it says so", () => {
    const wire = wireAcl({ user: "u", resource: "GROUP", name: "a.", prefixed: true, operation: "READ", deny: true });
    expect(wire).toMatchObject({ resourcePatternType: ResourcePatternTypes.PREFIXED, permissionType: AclPermissionTypes.DENY });
  });
});
