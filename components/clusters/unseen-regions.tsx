import { Notice } from "@/components/ui/notice";
import type { ClusterList } from "@/lib/domain/views/clusters";

/** Regions of accounts that could not be looked into: clusters may be missing from the list, and the reason is known. */
export function UnseenRegions({ regions }: { regions: ClusterList["unseenRegions"] }) {
  return regions.map(({ account, region, problems: [problem] }) => (
    <Notice key={`${account} ${region}`} tone="warn">
      Clusters of account <bdi>{account}</bdi> in {region} may be missing: {problem?.message} {problem?.remedy}
    </Notice>
  ));
}
