"use client";

import { useQuery } from "@tanstack/react-query";
import { useIsOperator } from "@/components/tenancy/use-is-operator";
import { useWhyClosed } from "@/components/tenancy/use-why-closed";
import { ErrorState } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { Skeleton, WaitingFor } from "@/components/ui/skeleton";
import { priceList } from "@/lib/client/cost";
import { ApiError } from "@/lib/client/fetch-json";
import { RegionPrices } from "./region-prices";

/** The prices that costs are worked out from, region by region. */
export function PricesPage() {
  const { data, error, refetch } = useQuery(priceList());
  const isOperator = useIsOperator();
  const why = useWhyClosed("shared");
  return (
    <>
      <PageTitle
        title="Prices"
        facts={data === undefined ? null : <>AWS's public figures are those of {data.asOf}, in US dollars on demand, without tax</>}
      />
      {data === undefined && error !== null ? (
        <ErrorState
          title="The prices could not be loaded"
          message={error.message}
          requestId={error instanceof ApiError ? error.requestId : null}
          onRetry={() => void refetch()}
        />
      ) : null}
      {data === undefined && error === null ? (
        <>
          <WaitingFor what="the prices" />
          <Skeleton height={320} />
        </>
      ) : null}
      {isOperator && why !== null ? <p className="tone-muted">{why}</p> : null}
      {data?.regions.map((region) => (
        <RegionPrices key={`${region.region} ${region.set[0]?.at ?? ""}`} region={region} mayChange={isOperator && why === null} />
      ))}
    </>
  );
}
