"use client";

import { useQuery } from "@tanstack/react-query";
import { tenantDetail } from "@/lib/client/tenants";

/** The tenant's name; its id until that is known. */
export function TenantName({ tenantId }: { tenantId: string }) {
  return useQuery(tenantDetail(tenantId)).data?.name ?? tenantId;
}
