import type { Metadata } from "next";
import { PricesPage } from "@/components/settings/prices-page";
import { Page } from "@/components/shell/page";

export const metadata: Metadata = { title: "Prices" };

export default function Prices() {
  return (
    <Page crumbs={[{ label: "Prices" }]} parts={[]}>
      <PricesPage />
    </Page>
  );
}
