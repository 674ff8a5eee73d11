import { formatSpan } from "@/lib/domain/format";
import type { OverrideSetting } from "@/lib/domain/override";
import { overrideName, overrideValue } from "@/lib/domain/override-words";
import { QUOTA_NAMES, quotaAmount } from "@/lib/domain/quota/quota-words";
import { entityName, type PlannedOperation, type Target } from "./operation";
import { tierDiff } from "./tier-diff";
import { formatSize } from "./words";

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

/** An operation in words, with its value before and after as a person reads them. */
export function operationWords({ target, before, after, inherited }: PlannedOperation): OperationWords {
  if (target.kind === "tier" && before !== null && after !== null) {
    const changes = tierDiff(readJson(before), readJson(after));
    if (changes !== null) return { ...subjectWords(target), ...changes };
  }
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
      return { subject: entityName(target.entity), mono: true, what: QUOTA_NAMES[target.key] };
    case "tenant-tier":
      return { subject: target.tenantId, mono: false, what: "tier" };
    case "override":
      return { subject: target.tenantId, mono: false, what: `declared ${overrideName(target)}` };
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
      return text === null ? "none" : quotaAmount(target.key, Number(text));
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
  if (number < 0) return key.startsWith("retention.") ? "unlimited" : text;
  if (key.endsWith(".ms")) return formatSpan(number);
  return key.endsWith(".bytes") ? formatSize(number) : text;
}

function overrideWords(setting: OverrideSetting, text: string): string {
  const override = readJson(text) as { value?: number | "unlimited" | null; until?: string } | null;
  if (override === null || override.value === undefined) return text;
  const words = overrideValue({ setting, value: override.value });
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
