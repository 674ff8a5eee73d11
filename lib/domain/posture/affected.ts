import { formatCount } from "@/lib/domain/format";
import type { Evidence } from "@/lib/domain/views/common";

/** Ids that evidence holds; the number of tenants is always whole. */
const NAMED_MAX = 50;

/** The tenants something falls on, as evidence keeps them: how many, and the ids of the first. Ids hold no space. */
export function affects(tenantIds: readonly string[], count = tenantIds.length): Evidence {
  return { tenants: count, affects: tenantIds.slice(0, NAMED_MAX).join(" ") };
}

export function affectedIn(evidence: Evidence): { tenantIds: string[]; count: number } | null {
  const { affects: ids, tenants } = evidence;
  if (typeof ids !== "string" || typeof tenants !== "number") return null;
  return { tenantIds: ids === "" ? [] : ids.split(" "), count: tenants };
}

/** "acme", "acme and 3 more", "acme, tern and ternary". */
export function listed(names: readonly string[], count = names.length, shown = 2): string {
  const first = names.slice(0, count <= shown + 1 ? shown + 1 : shown);
  const more = count - first.length;
  if (more > 0) return `${first.join(", ")} and ${formatCount(more)} more`;
  const last = first.at(-1) ?? "";
  return first.length < 2 ? last : `${first.slice(0, -1).join(", ")} and ${last}`;
}
