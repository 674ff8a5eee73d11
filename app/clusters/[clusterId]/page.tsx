import type { Metadata } from "next";
import { ClusterPage } from "@/components/clusters/cluster-page";
import { Page } from "@/components/shell/page";
import { paths } from "@/lib/domain/paths";

type Params = Promise<{ clusterId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).clusterId)} · Clusters` };
}

export default async function Cluster({ params }: { params: Params }) {
  const clusterId = decodeURIComponent((await params).clusterId);
  return (
    <Page crumbs={[{ label: "Clusters", href: paths.clusters() }, { label: clusterId }]} clusterId={clusterId}>
      <ClusterPage clusterId={clusterId} />
    </Page>
  );
}
