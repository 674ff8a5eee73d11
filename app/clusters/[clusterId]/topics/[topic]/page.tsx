import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { TopicPage } from "@/components/topics/topic-page";
import { paths } from "@/lib/domain/paths";

type Params = Promise<{ clusterId: string; topic: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).topic)} · Topics` };
}

export default async function Topic({ params }: { params: Params }) {
  const given = await params;
  const clusterId = decodeURIComponent(given.clusterId);
  const topic = decodeURIComponent(given.topic);
  const crumbs = [
    { label: clusterId, href: paths.cluster(clusterId) },
    { label: "Topics", href: paths.topics(clusterId) },
    { label: topic },
  ];
  return (
    <Page crumbs={crumbs} clusterId={clusterId} parts={["metadata", "offsets", "logs", "exporter", "configs"]}>
      <TopicPage clusterId={clusterId} topic={topic} />
    </Page>
  );
}
