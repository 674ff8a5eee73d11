import type { Metadata } from "next";
import { PeoplePage } from "@/components/people/people-page";
import { Page } from "@/components/shell/page";

export const metadata: Metadata = { title: "People" };

export default function People() {
  return (
    <Page crumbs={[{ label: "People" }]} parts={[]}>
      <PeoplePage />
    </Page>
  );
}
