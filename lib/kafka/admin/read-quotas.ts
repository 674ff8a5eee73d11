import { QUOTA_KEYS, type QuotaEntity, type QuotaRuleFact, type Reading } from "@/lib/domain/facts";
import { problemOfCode } from "@/lib/kafka/problems/answered-error";
import { problemOf } from "@/lib/kafka/problems/failure";
import type { BrokerSet } from "./link/broker-set";
import { DESCRIBE_CLIENT_QUOTAS, decodeClientQuotas, type QuotaEntry } from "./protocol/client-quotas";

/** All quota rules. Needs DESCRIBE_CONFIGS on the cluster. null: not answered, which is not the same as no rules. */
export async function readQuotas(brokers: BrokerSet): Promise<Reading<QuotaRuleFact[] | null>> {
  try {
    const { answer, brokerId } = await brokers.any(DESCRIBE_CLIENT_QUOTAS, [[], false]);
    const { errorCode, errorMessage, entries } = await decodeClientQuotas(answer);
    if (errorCode !== 0) {
      const context = { operation: "DescribeClientQuotas", sentence: errorMessage, ...(brokerId === undefined ? {} : { brokerId }) };
      return { value: null, problems: [problemOfCode(errorCode, context)] };
    }
    return { value: entries.map(quotaRule), problems: [] };
  } catch (error) {
    return { value: null, problems: [problemOf("DescribeClientQuotas", error)] };
  }
}

/** A rule of the wire in our words: a null name is Kafka's default entity, and keys we do not know are left out. */
export function quotaRule(entry: QuotaEntry): QuotaRuleFact {
  const entity: QuotaEntity = {};
  for (const { type, name } of entry.entity) {
    if (type === "user") entity.user = name;
    else if (type === "client-id") entity.clientId = name;
    else if (type === "ip") entity.ip = name;
  }
  const values: QuotaRuleFact["values"] = {};
  for (const { key, value } of entry.values) {
    const known = QUOTA_KEYS.find((name) => name === key);
    if (known) values[known] = value;
  }
  return { entity, values };
}
