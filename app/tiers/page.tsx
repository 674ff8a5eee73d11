import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { TiersPage } from "@/components/tiers/tiers-page";

export const metadata: Metadata = { title: "Tiers" };

export default function Tiers() {
  return (
    <Page crumbs={[{ label: "Tiers" }]} parts={[]}>
      <TiersPage />
    </Page>
  );
}
