import type { QuotaKey } from "@/lib/domain/facts";
import type { EffectiveQuota } from "@/lib/domain/views/use";
import { kindOfStep, type QuotaIndex } from "./effective";

export const MEASURE_REMEDY =
  "Set one user quota of this kind with a very high value on a name that nobody uses: it limits nobody, and the brokers then measure every user.";

/** Why something that could be measured is not, and what would change that. */
export interface Hidden {
  reason: string;
  remedy: string;
}

export const QUOTAS_UNREAD: Hidden = {
  reason: "The quotas of this cluster could not be read, so it is not known by what its brokers count clients.",
  remedy: "Allow the console's principal to DescribeConfigs on the cluster.",
};

export const UNPUBLISHED: Hidden = {
  reason: "The brokers publish no rate of any client in this direction.",
  remedy:
    "They do from the first traffic after a quota is set. If there is traffic, let kafka.server:type=Produce and type=Fetch through the exporter.",
};

export const CLOUD_CLIENTS_HIDDEN: Hidden = {
  reason: "Only CloudWatch tells of this cluster now, and it has no series of clients.",
  remedy: "Turn on open monitoring with the JMX exporter and let this console reach port 11001 of the brokers.",
};

export const CLOUD_TOPICS_HIDDEN: Hidden = {
  reason: "CloudWatch publishes no rate per topic for this cluster at its monitoring level.",
  remedy: "Raise the monitoring level to PER_TOPIC_PER_BROKER (AWS charges for it), or let this console reach the exporters.",
};

/**
 * Whether the brokers count a user by its name. Kafka labels its meters by the kind of rule that counts, not by who is counted: with
 * rules of one kind everybody is counted that way; with several kinds only who has a rule of that kind, everybody else by client-id.
 */
export function hiddenUser(index: QuotaIndex, key: QuotaKey, user: string, effective: EffectiveQuota | null): Hidden | null {
  const kinds = index.kinds.get(key);
  if (kinds === undefined) {
    return { reason: `No ${key} quota exists on this cluster, so the brokers publish no rate per principal.`, remedy: MEASURE_REMEDY };
  }
  if (kinds.size === 1 && !kinds.has("client-id")) return null;
  if (effective !== null && kindOfStep(effective.step) !== "client-id") return null;
  return {
    reason: `Quotas on client-ids exist and user ${user} has no rule of its own, so the brokers count it by client-id only.`,
    remedy: `Give user ${user} a quota of its own (a very high value limits nobody), or declare its client-ids.`,
  };
}

/** The same for a client-id: with rules of several kinds it is counted only for users without a rule of their own. */
export function hiddenClientId(index: QuotaIndex, key: QuotaKey, clientId: string): Hidden | null {
  const kinds = index.kinds.get(key);
  if (kinds === undefined) {
    return { reason: `No ${key} quota exists on this cluster, so the brokers publish no rate per client-id.`, remedy: MEASURE_REMEDY };
  }
  if (kinds.has("client-id") || kinds.size > 1) return null;
  return {
    reason: `Only quotas on users exist, so the brokers do not count client-id ${clientId} by itself.`,
    remedy: "Declare the principals that use it, or set a quota on the client-id (a very high value limits nobody).",
  };
}
