import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { TierName } from "@/components/tiers/tier-name";
import { TierPage } from "@/components/tiers/tier-page";
import { paths } from "@/lib/domain/paths";

interface Props {
  params: Promise<{ tierId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).tierId)} · Tiers` };
}

export default async function Tier({ params }: Props) {
  const tierId = decodeURIComponent((await params).tierId);
  return (
    <Page crumbs={[{ label: "Tiers", href: paths.tiers() }, { label: <TierName tierId={tierId} /> }]}>
      <TierPage tierId={tierId} />
    </Page>
  );
}
