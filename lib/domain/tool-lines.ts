import type { AclFact, AclResourceType, QuotaKey, QuotaRuleFact } from "./facts";

/** A word of a POSIX shell; a name from Kafka is arbitrary. */
export function quoted(name: string): string {
  return /^[\w.:-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

/** The flags by which kafka-configs.sh names whom a quota rule is for. */
export function quotaEntityFlags({ user, clientId, ip }: QuotaRuleFact["entity"]): string {
  const part = (type: string, name: string | null | undefined) =>
    name === undefined ? [] : [`--entity-type ${type} ${name === null ? "--entity-default" : `--entity-name ${quoted(name)}`}`];
  return [...part("users", user), ...part("clients", clientId), ...part("ips", ip)].join(" ");
}

/** Where Kafka's tools find the cluster and how they sign in: for whoever runs a line to fill in. */
const CONNECT = '--bootstrap-server "$BOOTSTRAP" --command-config admin.properties';

/** A permission on what tenants have. */
export type TenantAcl = AclFact & { resourceType: Extract<AclResourceType, "topic" | "group" | "transactional-id"> };

/** One permission, added or taken away by kafka-acls.sh, which asks before it takes away. */
export function aclLine(action: "add" | "remove", acl: TenantAcl): string {
  const { permission, principal, host, operation, resourceType, resourceName, patternType } = acl;
  const parts = [
    `kafka-acls.sh ${CONNECT} --${action}`,
    `--${permission}-principal ${quoted(principal)}`,
    ...(host === "*" ? [] : [`--${permission}-host ${quoted(host)}`]),
    `--operation ${pascal(operation)}`,
    `--${resourceType} ${quoted(resourceName)}`,
    ...(patternType === "prefixed" ? ["--resource-pattern-type prefixed"] : []),
  ];
  return parts.join(" ");
}

export function topicConfigLine(topic: string, key: string, value: string): string {
  return `kafka-configs.sh ${CONNECT} --alter --entity-type topics --entity-name ${quoted(topic)} --add-config ${key}=${value}`;
}

export function deleteQuotaLine(entity: QuotaRuleFact["entity"], keys: readonly QuotaKey[]): string {
  return `kafka-configs.sh ${CONNECT} --alter ${quotaEntityFlags(entity)} --delete-config ${keys.join(",")}`;
}

/** "alter-configs" is AlterConfigs. */
function pascal(operation: string): string {
  return operation.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
