"use client";

import { useQuery } from "@tanstack/react-query";
import { tenantDetail } from "@/lib/client/tenants";
import type { TenantDetail } from "@/lib/domain/views/tenants";

/** The tenant a tab is about. The head shows its tab only once the tenant is there; before that it is null. */
export function useTenant(tenantId: string): TenantDetail | null {
  return useQuery(tenantDetail(tenantId)).data ?? null;
}
