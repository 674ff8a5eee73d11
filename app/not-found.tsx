import type { Metadata } from "next";
import { Page } from "@/components/shell/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { paths } from "@/lib/domain/paths";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Page crumbs={[{ label: "Not found" }]} parts={[]}>
      <EmptyState isPage title="There is no page at this address" next={<ButtonLink href={paths.overview()}>First page</ButtonLink>}>
        It may have been mistyped, or what it showed is gone.
      </EmptyState>
    </Page>
  );
}
