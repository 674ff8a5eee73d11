import type { Metadata } from "next";
import { NoisyPage } from "@/components/noisy/noisy-page";
import { Page } from "@/components/shell/page";

export const metadata: Metadata = { title: "Noisy" };

export default function Noisy() {
  return (
    <Page crumbs={[{ label: "Noisy" }]} parts={["exporter", "offsets", "metadata"]}>
      <NoisyPage />
    </Page>
  );
}
