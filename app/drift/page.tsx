import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { DriftPage } from "@/components/tiers/drift-page";
import { paths } from "@/lib/domain/paths";

export const metadata: Metadata = { title: "Drift" };

export default function Drift() {
  return (
    <Page crumbs={[{ label: "Tiers", href: paths.tiers() }, { label: "Drift" }]} parts={["metadata", "quotas", "configs"]}>
      <DriftPage />
    </Page>
  );
}
