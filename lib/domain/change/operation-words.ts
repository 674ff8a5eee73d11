import type { QuotaKey } from "@/lib/domain/facts";
import type { OverrideScope, OverrideSetting } from "@/lib/domain/override";
import { exactBytes, exactSpan, grouped, typedWords } from "./exact-words";
import { entityName, type PlannedOperation, type Target } from "./operation";

/** One operation as a line of a list. */
export interface OperationWords {
  /** Whose value it is: a topic, a quota's entity, a tenant, a tier. */
  subject: string;
  /** The subject is a name of Kafka's. */
  mono: boolean;
  /** The value: a configuration key, a quota, a declaration. */
  what: string;
  before: string;
  after: string;
}

const QUOTA_WORDS: Record<QuotaKey, string> = {
  producer_byte_rate: "produce quota",
  consumer_byte_rate: "consume quota",
  request_percentage: "request quota",
  controller_mutation_rate: "mutation quota",
  connection_creation_rate: "connection quota",
};

const SETTING_WORDS: Record<OverrideSetting, string> = {
  retentionMs: "retention",
  retentionBytes: "retention by size",
  maxMessageBytes: "message size",
  produceBytesPerSecond: "produce rate",
  consumeBytesPerSecond: "consume rate",
  requestPercent: "request share",
  produceQuotaBytesPerSecond: "produce quota on each broker",
  consumeQuotaBytesPerSecond: "consume quota on each broker",
  requestQuotaPercent: "request quota on each broker",
};

/** What a setting of a tier or an override is called: "retention", "produce quota on each broker". */
export function settingWords(setting: OverrideSetting): string {
  return SETTING_WORDS[setting];
}

/** A value of a setting: "7 days", "20 MB/s", "whatever the cluster has" for an override that leaves it open. */
export function settingValueWords(setting: OverrideSetting, value: number | "unlimited" | null): string {
  if (value === null) return "whatever the cluster has";
  if (value === "unlimited") return value;
  if (setting === "retentionMs") return grouped(exactSpan(value));
  if (setting === "retentionBytes" || setting === "maxMessageBytes") return grouped(exactBytes(value));
  return setting === "requestPercent" || setting === "requestQuotaPercent" ? `${value} %` : grouped(`${exactBytes(value)}/s`);
}

/** "on cluster shared-1, topic acme.orders"; empty: everywhere the tenant is. */
export function scopeWords({ cluster, topic, principal }: OverrideScope = {}): string {
  const parts = [cluster, topic === undefined ? undefined : `topic ${topic}`, principal];
  const given = parts.filter((part) => part !== undefined);
  return given.length === 0 ? "" : `on ${given.join(", ")}`;
}

/** An operation in words, with its value before and after as a person reads them. */
export function operationWords({ target, before, after, inherited }: PlannedOperation): OperationWords {
  const value = (text: string | null) => valueWords(target, text, inherited?.value);
  return { ...subjectWords(target), before: value(before), after: value(after) };
}

function subjectWords(target: Target): Pick<OperationWords, "subject" | "mono" | "what"> {
  switch (target.kind) {
    case "topic-config":
      return { subject: target.topic, mono: true, what: target.key };
    case "partitions":
      return { subject: target.topic, mono: true, what: "partitions" };
    case "quota":
      return { subject: entityName(target.entity), mono: true, what: QUOTA_WORDS[target.key] };
    case "tenant-tier":
      return { subject: target.tenantId, mono: false, what: "tier" };
    case "override":
      return { subject: target.tenantId, mono: false, what: `declared ${settingWords(target.setting)} ${scopeWords(target.on)}`.trim() };
    case "tier":
      return { subject: target.tierId, mono: false, what: "promise of the tier" };
    case "managed-elsewhere":
      return { subject: target.tenantId, mono: false, what: "managed by" };
  }
}

function valueWords(target: Target, text: string | null, inherited: string | null | undefined): string {
  switch (target.kind) {
    case "topic-config":
      if (text !== null) return configWords(target.key, text);
      return inherited === undefined || inherited === null ? "inherited" : `${configWords(target.key, inherited)}, inherited`;
    case "partitions":
      return text ?? "unknown";
    case "quota":
      return text === null ? "none" : quotaWords(target.key, Number(text));
    case "override":
      return text === null ? "as the tier says" : overrideWords(target.setting, text);
    case "tenant-tier":
      return text === null ? "none" : String(readJson(text) ?? text);
    case "tier":
      return text === null ? "none" : tierWords(text);
    case "managed-elsewhere":
      return String((text === null ? null : readJson(text)) ?? "this console");
  }
}

/** A topic's configuration as Kafka writes it, in words where its unit is known. */
export function configWords(key: string, text: string): string {
  const number = Number(text);
  if (text === "" || !Number.isFinite(number)) return text === "" ? "(empty)" : text;
  if (key.startsWith("retention.") && number < 0) return "unlimited";
  if (key.endsWith(".ms")) return grouped(exactSpan(number));
  return key.endsWith(".bytes") ? grouped(exactBytes(number)) : text;
}

function quotaWords(key: QuotaKey, value: number): string {
  if (key === "producer_byte_rate" || key === "consumer_byte_rate") return grouped(typedWords("byteRate", Math.round(value)));
  return key === "request_percentage" ? `${value} %` : `${value} per second`;
}

function overrideWords(setting: OverrideSetting, text: string): string {
  const override = readJson(text) as { value?: number | "unlimited" | null; until?: string } | null;
  if (override === null || override.value === undefined) return text;
  const words = settingValueWords(setting, override.value);
  return override.until === undefined ? words : `${words} until ${override.until.slice(0, 16).replace("T", " ")} UTC`;
}

function tierWords(text: string): string {
  const tier = readJson(text) as { name?: string; archived?: boolean } | null;
  if (tier?.name === undefined) return text;
  return tier.archived === true ? `${tier.name}, archived` : tier.name;
}

/** null: this is no JSON, and is shown as it is. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
