import type { Metadata } from "next";
import { GroupsPage } from "@/components/groups/groups-page";
import { Page } from "@/components/shell/page";
import { paths } from "@/lib/domain/paths";

interface Props {
  params: Promise<{ clusterId: string }>;
  searchParams: Promise<{ group?: string | string[] }>;
}

const groupOf = async (searchParams: Props["searchParams"]) => [(await searchParams).group].flat()[0];

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const clusterId = decodeURIComponent((await params).clusterId);
  return { title: `${(await groupOf(searchParams)) ?? `Groups of ${clusterId}`} · ${clusterId}` };
}

export default async function Groups({ params, searchParams }: Props) {
  const clusterId = decodeURIComponent((await params).clusterId);
  const groupId = await groupOf(searchParams);
  const list = { label: "Groups", href: paths.groups(clusterId) };
  const crumbs = [
    { label: clusterId, href: paths.cluster(clusterId) },
    ...(groupId === undefined ? [{ label: "Groups" }] : [list, { label: groupId }]),
  ];
  return (
    <Page crumbs={crumbs} clusterId={clusterId} parts={["metadata", "offsets", "starts"]}>
      <GroupsPage clusterId={clusterId} groupId={groupId ?? null} />
    </Page>
  );
}
