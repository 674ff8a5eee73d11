import { entityName, type Target } from "@/lib/domain/change/operation";

/** What an operation is about, at the beginning of a sentence: "retention.ms of the topic acme.orders on shared-1". */
export function targetWords(target: Target): string {
  switch (target.kind) {
    case "topic-config":
      return `${target.key} of the topic ${target.topic} on ${target.clusterId}`;
    case "partitions":
      return `The partitions of the topic ${target.topic} on ${target.clusterId}`;
    case "quota":
      return `${target.key} of ${entityName(target.entity)} on ${target.clusterId}`;
    case "tenant-tier":
      return `The tier of ${target.tenantId}`;
    case "override":
      return `The override of ${target.setting} of ${target.tenantId}`;
    case "tier":
      return `The tier ${target.tierId}`;
    case "managed-elsewhere":
      return `The manager of ${target.tenantId}`;
  }
}

export function valueWords(value: string | null): string {
  return value ?? "not set";
}
