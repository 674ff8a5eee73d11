"use client";

import { DriftSection } from "@/components/change/drift-section";
import { EmptyState } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { useScope } from "@/lib/client/address";

/** Everything that live clusters have otherwise than tiers and overrides declare, with the ways out for all of it at once. */
export function DriftPage() {
  const [cluster] = useScope();
  const filter = cluster === null ? "" : `cluster:${cluster}`;
  return (
    <>
      <PageTitle
        title="Drift"
        sentence="Where the live clusters differ from what tiers and overrides declare. Bring a value back, or adopt what the cluster has as an override of its tenant."
      />
      <DriftSection
        query={{ tenant: null, tier: null, cluster }}
        scope={{ filter }}
        withTenant
        title="Differences"
        empty={
          <EmptyState title="Nothing differs">
            Every quota, retention and message size that could be read is what tiers and overrides declare.
          </EmptyState>
        }
      />
    </>
  );
}
