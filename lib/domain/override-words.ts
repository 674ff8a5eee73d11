import { formatSize } from "./change/words";
import { formatSetPercent, formatSetRate, formatSpan } from "./format";
import type { Override, OverrideScope, OverrideSetting } from "./override";

const SETTING_WORDS: Record<OverrideSetting, string> = {
  retentionMs: "retention time",
  retentionBytes: "retention size",
  maxMessageBytes: "message size",
  produceBytesPerSecond: "produce rate in total",
  consumeBytesPerSecond: "consume rate in total",
  requestPercent: "request percentage",
  produceQuotaBytesPerSecond: "produce quota of each broker",
  consumeQuotaBytesPerSecond: "consume quota of each broker",
  requestQuotaPercent: "request quota of each broker",
};

/** What of a tenant is declared otherwise, and where: "retention time of acme.orders on shared-1". */
export function overrideName({ setting, on }: { setting: OverrideSetting; on?: OverrideScope | undefined }): string {
  const of = on?.topic ?? on?.principal;
  return `${SETTING_WORDS[setting]}${of === undefined ? "" : ` of ${of}`}${on?.cluster === undefined ? "" : ` on ${on.cluster}`}`;
}

/** Its value in words; null is what the cluster has. */
export function overrideValue({ setting, value }: Pick<Override, "setting" | "value">): string {
  if (value === null) return "whatever the cluster has";
  if (typeof value !== "number") return value;
  if (setting === "retentionMs") return formatSpan(value);
  if (setting === "retentionBytes" || setting === "maxMessageBytes") return formatSize(value);
  return setting === "requestPercent" || setting === "requestQuotaPercent" ? formatSetPercent(value) : formatSetRate(value);
}
