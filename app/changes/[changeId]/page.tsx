import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ChangePage } from "@/components/change/change-page";
import { Page } from "@/components/shell/page";
import { paths } from "@/lib/domain/paths";

type Params = Promise<{ changeId: string }>;

async function read(params: Params): Promise<number> {
  const { changeId } = await params;
  return /^[1-9]\d{0,9}$/.test(changeId) ? Number(changeId) : notFound();
}

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `Change ${await read(params)}` };
}

export default async function Change({ params }: { params: Params }) {
  const changeId = await read(params);
  return (
    <Page crumbs={[{ label: "Changes", href: paths.changes() }, { label: String(changeId) }]} parts={[]}>
      <ChangePage changeId={changeId} />
    </Page>
  );
}
