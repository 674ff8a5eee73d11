import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { NewTier } from "@/components/tiers/tier-edit";
import { paths } from "@/lib/domain/paths";

export const metadata: Metadata = { title: "New tier" };

export default function NewTierForm() {
  return (
    <Page crumbs={[{ label: "Tiers", href: paths.tiers() }, { label: "New tier" }]} parts={[]}>
      <NewTier />
    </Page>
  );
}
