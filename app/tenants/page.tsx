import type { Metadata } from "next";
import { cookies } from "next/headers";
import { preload } from "react-dom";
import { Page } from "@/components/shell/page";
import { readListQuery } from "@/components/tenants/tenant-address";
import { TenantsPage } from "@/components/tenants/tenants-page";
import { tenantListPath } from "@/lib/client/tenants";

export const metadata: Metadata = { title: "Tenants" };

interface TenantsProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Tenants({ searchParams }: TenantsProps) {
  const [given, cookie] = await Promise.all([searchParams, cookies()]);
  // The browser asks for the first page of the list beside the scripts instead of after them.
  preload(tenantListPath(readListQuery(given)), { as: "fetch", crossOrigin: "anonymous" });
  const hidden = cookie.get("tenant-columns-hidden")?.value.split(".") ?? [];
  return (
    <Page crumbs={[{ label: "Tenants" }]}>
      <TenantsPage initiallyHidden={hidden} />
    </Page>
  );
}
