"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useCarry } from "@/lib/client/address";
import { tenantDetail } from "@/lib/client/tenants";
import { BULK_CHANGES, type BulkChange, paths } from "@/lib/domain/paths";

interface SameForTierProps {
  tenantId: string;
  /** The setting that is changed; nothing is shown where there is no form for many tenants. */
  what: string;
}

/** Leads from a change of one tenant to the form that changes the same for all tenants of its tier. */
export function SameForTier({ tenantId, what }: SameForTierProps) {
  const carry = useCarry();
  const bulk = BULK_CHANGES.find((each): each is BulkChange => each === what);
  const { data: tenant } = useQuery({ ...tenantDetail(tenantId), enabled: bulk !== undefined });
  if (bulk === undefined || tenant === undefined) return null;
  return (
    <Link className="link" prefetch={false} href={carry(paths.changeTenants(bulk, { filter: `tier:${tenant.tier.id}` }))}>
      Same setting, other tenants of <bdi>{tenant.tier.name}</bdi>
    </Link>
  );
}
