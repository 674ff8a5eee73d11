import type { Metadata } from "next";
import { preload } from "react-dom";
import { IsolationPage } from "@/components/isolation/isolation-page";
import { Page } from "@/components/shell/page";
import { isolationPath } from "@/lib/client/isolation";

export const metadata: Metadata = { title: "Isolation" };

interface IsolationProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const given = (value: string | string[] | undefined): string | null => (typeof value === "string" && value !== "" ? value : null);

export default async function Isolation({ searchParams }: IsolationProps) {
  const { cluster, tenant } = await searchParams;
  // The browser asks for the matrix beside the scripts instead of after them.
  preload(isolationPath(given(cluster), given(tenant)), { as: "fetch", crossOrigin: "anonymous" });
  return (
    <Page crumbs={[{ label: "Isolation" }]} parts={["metadata", "quotas", "acls", "configs", "msk"]}>
      <IsolationPage />
    </Page>
  );
}
