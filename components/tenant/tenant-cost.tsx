"use client";

import { useQuery } from "@tanstack/react-query";
import { PartAnswer } from "@/components/tenancy/answered";
import { CostTable, Unpriced } from "@/components/tenancy/cost-table";
import { ObservedValue } from "@/components/tenancy/source-mark";
import { ButtonLink } from "@/components/ui/button";
import { SectionHead } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { useCarry } from "@/lib/client/address";
import { tenantCost } from "@/lib/client/cost";
import { formatDollars } from "@/lib/domain/cost/cost-words";
import { formatCount } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";

/** What the tenant costs in a month as it is now, line by line. */
export function TenantCost({ tenantId }: { tenantId: string }) {
  const answer = useQuery(tenantCost(tenantId));
  const carry = useCarry();
  return (
    <section aria-labelledby="cost">
      <SectionHead
        id="cost"
        title="Cost a month"
        note="at the use of now"
        actions={
          <ButtonLink kind="quiet" href={carry(paths.prices())}>
            Prices
          </ButtonLink>
        }
      />
      <PartAnswer answer={answer} failed="The cost could not be loaded" waiting={<Skeleton height={64} />}>
        {({ perMonth, pricePerMonth, lines, unpriced }) => (
          <>
            <p>
              <ObservedValue observed={perMonth} format={formatDollars} />{" "}
              <span className="tone-muted">
                {pricePerMonth === null ? "Its tier has no price." : `Its tier is sold for ${formatCount(pricePerMonth)}.`}
              </span>
            </p>
            {lines.length === 0 ? null : <CostTable caption="Cost a month" lines={lines} />}
            <Unpriced unpriced={unpriced} />
          </>
        )}
      </PartAnswer>
    </section>
  );
}
