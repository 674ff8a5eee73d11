import { z } from "zod";
import type { Owner } from "@/lib/domain/views/common";

/** `all`, a kind of owner, or a tenant's id: what the tenant owns and what it shares. */
export const OwnerFilter = z.string().min(1).max(63).default("all");

const KINDS: readonly string[] = ["shared", "service", "internal", "unowned"] satisfies Owner["kind"][];

/** Whether an owner passes. `isTenants` says whether a shared thing is the tenant's too. */
export function passesOwner(owner: Owner, filter: string, isTenants: (tenantId: string) => boolean): boolean {
  if (filter === "all") return true;
  if (KINDS.includes(filter)) return owner.kind === filter;
  return owner.kind === "tenant" ? owner.tenantId === filter : isTenants(filter);
}

export function ownerWords(owner: Owner): string {
  switch (owner.kind) {
    case "tenant":
      return owner.tenantId;
    case "shared":
      return `shared by ${owner.tenantCount} tenants`;
    case "service":
      return owner.role === "ours" ? "ours" : "service";
    default:
      return owner.kind;
  }
}
