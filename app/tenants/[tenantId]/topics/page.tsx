import type { Metadata } from "next";
import { TenantFrame } from "@/components/tenant/tenant-frame";
import { TenantTopics } from "@/components/tenant/tenant-topics";

type Params = Promise<{ tenantId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `Topics of ${decodeURIComponent((await params).tenantId)} · Tenants` };
}

export default async function TenantTopicsPage({ params }: { params: Params }) {
  const tenantId = decodeURIComponent((await params).tenantId);
  return (
    <TenantFrame tenantId={tenantId} tab="topics">
      <TenantTopics tenantId={tenantId} />
    </TenantFrame>
  );
}
