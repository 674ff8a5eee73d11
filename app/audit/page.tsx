import type { Metadata } from "next";
import { AuditPage } from "@/components/audit/audit-page";
import { Page } from "@/components/shell/page";

export const metadata: Metadata = { title: "Audit" };

export default function Audit() {
  return (
    <Page crumbs={[{ label: "Audit" }]} parts={[]}>
      <AuditPage />
    </Page>
  );
}
