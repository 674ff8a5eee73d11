import type { Metadata } from "next";
import { TenantAccessTab } from "@/components/tenant/tenant-access";
import { TenantFrame } from "@/components/tenant/tenant-frame";

type Params = Promise<{ tenantId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `Access of ${decodeURIComponent((await params).tenantId)} · Tenants` };
}

export default async function TenantAccessPage({ params }: { params: Params }) {
  const tenantId = decodeURIComponent((await params).tenantId);
  return (
    <TenantFrame tenantId={tenantId} tab="access">
      <TenantAccessTab tenantId={tenantId} />
    </TenantFrame>
  );
}
