"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { status } from "@/lib/client/status";
import type { TenantPage } from "@/lib/domain/views/tenants";
import { ColumnsButton } from "./columns-button";
import { FilterBox } from "./filter-box";
import { TenantViews } from "./tenant-views";
import type { ListAddress } from "./use-list-address";

interface TenantToolbarProps {
  address: ListAddress;
  first: Pick<TenantPage, "tiers" | "counts"> | undefined;
  hidden: readonly string[];
  onHide: (hidden: string[]) => void;
}

/** What stands between the title and the table: filter, counted views, columns. */
export function TenantToolbar({ address, first, hidden, onHide }: TenantToolbarProps) {
  const { data } = useQuery(status());
  const known = useMemo(
    () => ({ tiers: first?.tiers.map((tier) => tier.id) ?? [], clusters: data?.clusters.map((cluster) => cluster.id) ?? [] }),
    [first, data],
  );
  return (
    <div className="filter">
      <FilterBox q={address.query.q} onChange={address.filter} known={known} />
      <TenantViews view={address.query.view} counts={first?.counts} onChange={address.show} />
      <div className="end-actions">
        <ColumnsButton hidden={hidden} onChange={onHide} />
      </div>
    </div>
  );
}
