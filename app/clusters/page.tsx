import type { Metadata } from "next";
import { ClustersPage } from "@/components/clusters/clusters-page";
import { Page } from "@/components/shell/page";

export const metadata: Metadata = { title: "Clusters" };

export default function Clusters() {
  return (
    <Page crumbs={[{ label: "Clusters" }]} parts={["metadata", "offsets", "logs", "exporter"]}>
      <ClustersPage />
    </Page>
  );
}
