"use client";

import { TenantGroups } from "./tenant-groups";
import { useTenant } from "./use-tenant";

/** Who reads the tenant's topics, and how far each is behind. */
export function TenantConsumers({ tenantId }: { tenantId: string }) {
  const tenant = useTenant(tenantId);
  return tenant === null ? null : <TenantGroups tenant={tenant} />;
}
