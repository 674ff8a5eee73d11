import type { Acl } from "@platformatic/kafka";
import { AclOperations, AclPermissionTypes, ResourcePatternTypes, ResourceTypes } from "@platformatic/kafka";

export type Operation = Exclude<keyof typeof AclOperations, "UNKNOWN" | "ANY">;

/** One permission of one principal. */
export interface AclRule {
  /** A SCRAM user's name, or `CN=…` of a client certificate. */
  user: string;
  operation: Operation;
  resource: "TOPIC" | "GROUP" | "CLUSTER" | "TRANSACTIONAL_ID";
  /** `*` is every name; a cluster has no name. */
  name?: string;
  /** Whether `name` is the beginning of the names it covers. */
  prefixed?: boolean;
  deny?: boolean;
  /** Address of the client; absent: every one. */
  host?: string;
}

/** The rule as Kafka's protocol writes it. */
export function wireAcl({ user, operation, resource, name, prefixed, deny, host }: AclRule): Acl {
  return {
    resourceType: ResourceTypes[resource],
    resourceName: resource === "CLUSTER" ? "kafka-cluster" : (name ?? "*"),
    resourcePatternType: prefixed === true ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
    principal: `User:${user}`,
    host: host ?? "*",
    operation: AclOperations[operation],
    permissionType: deny === true ? AclPermissionTypes.DENY : AclPermissionTypes.ALLOW,
  };
}

/** What the console needs to show everything: nothing here can change a cluster. */
export function consoleReadRules(user: string): AclRule[] {
  return [
    { user, resource: "CLUSTER", operation: "DESCRIBE" },
    { user, resource: "CLUSTER", operation: "DESCRIBE_CONFIGS" },
    { user, resource: "TOPIC", operation: "DESCRIBE" },
    { user, resource: "TOPIC", operation: "DESCRIBE_CONFIGS" },
    { user, resource: "TOPIC", operation: "READ" },
    { user, resource: "GROUP", operation: "DESCRIBE" },
  ];
}

/** What it needs besides to apply changes: quotas (cluster AlterConfigs), topic configurations, partitions. */
export function consoleWriteRules(user: string): AclRule[] {
  return [
    { user, resource: "CLUSTER", operation: "ALTER_CONFIGS" },
    { user, resource: "TOPIC", operation: "ALTER_CONFIGS" },
    { user, resource: "TOPIC", operation: "ALTER" },
  ];
}
