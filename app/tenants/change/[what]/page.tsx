import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FORM_WORDS } from "@/components/change/form-words";
import { prefillOf, type SearchParams } from "@/components/change/prefill";
import { Page } from "@/components/shell/page";
import { BulkChange } from "@/components/tenants/bulk-change";
import { BULK_CHANGES, paths } from "@/lib/domain/paths";

interface Props {
  params: Promise<{ what: string }>;
  searchParams: SearchParams;
}

async function read(params: Props["params"]) {
  const { what: given } = await params;
  return BULK_CHANGES.find((each) => each === given) ?? notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${FORM_WORDS[await read(params)].title} · Tenants` };
}

export default async function BulkChangeForm({ params, searchParams }: Props) {
  const [what, search] = await Promise.all([read(params), searchParams]);
  const text = <N extends string>(name: N) => (typeof search[name] === "string" ? { [name]: search[name] } : {});
  return (
    <Page
      crumbs={[{ label: "Tenants", href: paths.tenants() }, { label: FORM_WORDS[what].title }]}
      parts={["metadata", "offsets", "logs", "exporter", "quotas"]}
    >
      <BulkChange what={what} given={{ ...text("ids"), ...text("kept"), ...text("filter") }} prefill={prefillOf(search)} />
    </Page>
  );
}
