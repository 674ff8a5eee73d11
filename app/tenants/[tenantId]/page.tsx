import type { Metadata } from "next";
import { TenantFrame } from "@/components/tenant/tenant-frame";
import { TenantOverview } from "@/components/tenant/tenant-overview";

type Params = Promise<{ tenantId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).tenantId)} · Tenants` };
}

export default async function Tenant({ params }: { params: Params }) {
  const tenantId = decodeURIComponent((await params).tenantId);
  return (
    <TenantFrame tenantId={tenantId} tab="overview">
      <TenantOverview tenantId={tenantId} />
    </TenantFrame>
  );
}
