import type { Metadata } from "next";
import { ChangesPage } from "@/components/change/changes-page";
import { Page } from "@/components/shell/page";

export const metadata: Metadata = { title: "Changes" };

export default function Changes() {
  return (
    <Page crumbs={[{ label: "Changes" }]} parts={[]}>
      <ChangesPage />
    </Page>
  );
}
