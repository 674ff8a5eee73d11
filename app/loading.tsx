import { Page } from "@/components/shell/page";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page crumbs={[]}>
      <div className="title" aria-busy="true">
        <Skeleton width={220} height={20} />
      </div>
    </Page>
  );
}
