import { formatCount, formatCountOf } from "@/lib/domain/format";
import type { TenantPage } from "@/lib/domain/views/tenants";

/** "11 of 264 need attention: 3 in trouble, 6 to watch, 2 to know". */
export function summaryWords({ counts, severities }: Pick<TenantPage, "counts" | "severities">): string {
  const { all, attention } = counts;
  if (all === 0) return "";
  if (attention === 0) return `${formatCountOf(all, "tenant")}, nothing needs attention`;
  const parts = [
    severities.danger > 0 ? `${formatCount(severities.danger)} in trouble` : null,
    severities.warn > 0 ? `${formatCount(severities.warn)} to watch` : null,
    severities.info > 0 ? `${formatCount(severities.info)} to know` : null,
  ].filter((part) => part !== null);
  return `${formatCount(attention)} of ${formatCount(all)} ${attention === 1 ? "needs" : "need"} attention: ${parts.join(", ")}`;
}
