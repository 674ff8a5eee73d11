import type { Metadata } from "next";
import { AccountPage } from "@/components/people/account-page";
import { Page } from "@/components/shell/page";

export const metadata: Metadata = { title: "Account" };

export default function Account() {
  return (
    <Page crumbs={[{ label: "Account" }]} parts={[]}>
      <AccountPage />
    </Page>
  );
}
