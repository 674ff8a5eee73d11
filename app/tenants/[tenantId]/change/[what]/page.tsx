import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FORM_WORDS } from "@/components/change/form-words";
import { prefillOf, type SearchParams } from "@/components/change/prefill";
import { TenantChange } from "@/components/change/tenant-change";
import { Page } from "@/components/shell/page";
import { TenantName } from "@/components/tenancy/tenant-name";
import { paths, TENANT_CHANGES } from "@/lib/domain/paths";

interface Props {
  params: Promise<{ tenantId: string; what: string }>;
  searchParams: SearchParams;
}

async function read(params: Props["params"]) {
  const { tenantId, what: given } = await params;
  const what = TENANT_CHANGES.find((each) => each === given);
  return what === undefined ? notFound() : { tenantId: decodeURIComponent(tenantId), what };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { tenantId, what } = await read(params);
  return { title: `${FORM_WORDS[what].title} · ${tenantId}` };
}

export default async function TenantChangeForm({ params, searchParams }: Props) {
  const { tenantId, what } = await read(params);
  const crumbs = [
    { label: "Tenants", href: paths.tenants() },
    { label: <TenantName tenantId={tenantId} />, href: paths.tenant(tenantId) },
    { label: FORM_WORDS[what].title },
  ];
  return (
    <Page crumbs={crumbs} parts={["metadata", "offsets", "logs", "exporter", "quotas"]}>
      <TenantChange tenantId={tenantId} what={what} prefill={prefillOf(await searchParams)} />
    </Page>
  );
}
