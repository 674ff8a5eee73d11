import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { EditTier } from "@/components/tiers/tier-edit";
import { TierName } from "@/components/tiers/tier-name";
import { paths } from "@/lib/domain/paths";

interface Props {
  params: Promise<{ tierId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${decodeURIComponent((await params).tierId)} · Tiers` };
}

export default async function EditTierForm({ params }: Props) {
  const tierId = decodeURIComponent((await params).tierId);
  const crumbs = [
    { label: "Tiers", href: paths.tiers() },
    { label: <TierName tierId={tierId} />, href: paths.tier(tierId) },
    { label: "Edit" },
  ];
  return (
    <Page crumbs={crumbs}>
      <EditTier tierId={tierId} />
    </Page>
  );
}
