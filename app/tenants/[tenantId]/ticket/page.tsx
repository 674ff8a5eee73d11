import type { Metadata } from "next";
import { TenantFrame } from "@/components/tenant/tenant-frame";
import { TenantTicket } from "@/components/tenant/tenant-ticket";

type Params = Promise<{ tenantId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `Ticket of ${decodeURIComponent((await params).tenantId)} · Tenants` };
}

export default async function TenantTicketPage({ params }: { params: Params }) {
  const tenantId = decodeURIComponent((await params).tenantId);
  return (
    <TenantFrame tenantId={tenantId} tab="ticket">
      <TenantTicket tenantId={tenantId} />
    </TenantFrame>
  );
}
