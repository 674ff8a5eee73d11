import type { ReactNode } from "react";
import { Page } from "@/components/shell/page";
import { TenantName } from "@/components/tenancy/tenant-name";
import type { TenantTab } from "@/lib/domain/paths";
import { paths } from "@/lib/domain/paths";
import type { Part } from "@/lib/domain/snapshot";
import { TenantHead } from "./tenant-head";

const PARTS: Record<TenantTab, readonly Part[]> = {
  overview: ["metadata", "offsets", "logs", "exporter", "quotas"],
  topics: ["metadata", "logs", "exporter"],
  consumers: ["metadata", "offsets", "starts"],
  access: ["quotas", "acls", "scram"],
  ticket: ["metadata", "offsets", "exporter", "quotas"],
};

/** What all tabs of a tenant have: top bar, name, state in words, and the tabs themselves. */
export function TenantFrame({ tenantId, tab, children }: { tenantId: string; tab: TenantTab; children: ReactNode }) {
  return (
    <Page crumbs={[{ label: "Tenants", href: paths.tenants() }, { label: <TenantName tenantId={tenantId} /> }]} parts={PARTS[tab]}>
      <TenantHead tenantId={tenantId} tab={tab}>
        {children}
      </TenantHead>
    </Page>
  );
}
