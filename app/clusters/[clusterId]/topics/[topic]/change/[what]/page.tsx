import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FORM_WORDS } from "@/components/change/form-words";
import { prefillOf, type SearchParams } from "@/components/change/prefill";
import { TopicChange } from "@/components/change/topic-change";
import { Page } from "@/components/shell/page";
import { paths, TOPIC_CHANGES } from "@/lib/domain/paths";

interface Props {
  params: Promise<{ clusterId: string; topic: string; what: string }>;
  searchParams: SearchParams;
}

async function read(params: Props["params"]) {
  const { clusterId, topic, what: given } = await params;
  const what = TOPIC_CHANGES.find((each) => each === given);
  return what === undefined ? notFound() : { clusterId: decodeURIComponent(clusterId), topic: decodeURIComponent(topic), what };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { topic, what } = await read(params);
  return { title: `${FORM_WORDS[what].title} · ${topic}` };
}

export default async function TopicChangeForm({ params, searchParams }: Props) {
  const { clusterId, topic, what } = await read(params);
  const crumbs = [
    { label: clusterId, href: paths.cluster(clusterId) },
    { label: topic, href: paths.topic(clusterId, topic) },
    { label: FORM_WORDS[what].title },
  ];
  return (
    <Page crumbs={crumbs} clusterId={clusterId} parts={["metadata", "offsets", "logs", "exporter", "configs"]}>
      <TopicChange clusterId={clusterId} topic={topic} what={what} prefill={prefillOf(await searchParams)} />
    </Page>
  );
}
