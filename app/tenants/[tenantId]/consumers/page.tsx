import type { Metadata } from "next";
import { TenantConsumers } from "@/components/tenant/tenant-consumers";
import { TenantFrame } from "@/components/tenant/tenant-frame";

type Params = Promise<{ tenantId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `Consumers of ${decodeURIComponent((await params).tenantId)} · Tenants` };
}

export default async function TenantConsumersPage({ params }: { params: Params }) {
  const tenantId = decodeURIComponent((await params).tenantId);
  return (
    <TenantFrame tenantId={tenantId} tab="consumers">
      <TenantConsumers tenantId={tenantId} />
    </TenantFrame>
  );
}
