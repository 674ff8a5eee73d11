import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { TopicsPage } from "@/components/topics/topics-page";
import { paths } from "@/lib/domain/paths";

type Params = Promise<{ clusterId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `Topics of ${decodeURIComponent((await params).clusterId)} · Clusters` };
}

export default async function Topics({ params }: { params: Params }) {
  const clusterId = decodeURIComponent((await params).clusterId);
  const crumbs = [{ label: "Clusters", href: paths.clusters() }, { label: clusterId, href: paths.cluster(clusterId) }, { label: "Topics" }];
  return (
    <Page crumbs={crumbs} clusterId={clusterId} parts={["metadata", "logs", "exporter"]}>
      <TopicsPage clusterId={clusterId} />
    </Page>
  );
}
