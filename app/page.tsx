import type { Metadata } from "next";
import { preload } from "react-dom";
import { OverviewPage } from "@/components/overview/overview-page";
import { Page } from "@/components/shell/page";
import { overviewPath } from "@/lib/client/overview";

export const metadata: Metadata = { title: "Overview" };

interface OverviewProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Overview({ searchParams }: OverviewProps) {
  const { cluster } = await searchParams;
  // The browser asks for the figures beside the scripts instead of after them.
  preload(overviewPath(typeof cluster === "string" && cluster !== "" ? cluster : null), { as: "fetch", crossOrigin: "anonymous" });
  return (
    <Page crumbs={[{ label: "Overview" }]} parts={["metadata", "offsets", "logs", "exporter", "quotas", "msk", "cloudwatch"]}>
      <OverviewPage />
    </Page>
  );
}
