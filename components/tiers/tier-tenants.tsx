"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Attention } from "@/components/tenancy/attention";
import { LagValue } from "@/components/tenancy/lag-value";
import { ModelWord } from "@/components/tenancy/model-word";
import { PagedList } from "@/components/tenancy/paged-list";
import { QuotaCardHost } from "@/components/tenancy/quota-card-host";
import { QuotaCell } from "@/components/tenancy/quota-cell";
import { rateUnitFor } from "@/components/tenancy/quota-words";
import { ButtonLink } from "@/components/ui/button";
import { Clipped } from "@/components/ui/clipped";
import { SectionHead } from "@/components/ui/section";
import type { Column } from "@/components/ui/table";
import { useCarry } from "@/lib/client/address";
import { DEFAULT_RANGE } from "@/lib/client/history-range";
import { tenantList } from "@/lib/client/tenants";
import type { RateUnit } from "@/lib/domain/format";
import type { ShownTenant } from "@/lib/domain/listed-tenants";
import { paths } from "@/lib/domain/paths";
import type { Tier } from "@/lib/domain/tier";
import { DIRECTIONS, type Direction } from "@/lib/domain/views/use";

const HEADS: Record<Direction, string> = { produce: "Produce", consume: "Consume" };

function columnsOf(unit: Record<Direction, RateUnit>, carry: (href: string) => string): Column<ShownTenant>[] {
  return [
    {
      key: "name",
      head: "Tenant",
      className: "name",
      cell: ({ name }) => <Clipped text={name} />,
    },
    { key: "attention", head: "Attention", cell: ({ attention }) => <Attention attention={attention} /> },
    {
      key: "model",
      head: "Model",
      cell: ({ model, models }) => <ModelWord model={model} {...(models === undefined ? {} : { models })} />,
    },
    ...DIRECTIONS.map(
      (direction): Column<ShownTenant> => ({
        key: direction,
        head: `${HEADS[direction]}, ${unit[direction]}`,
        cell: (row) => (
          <QuotaCell
            tenantId={row.id}
            href={carry(paths.tenant(row.id))}
            direction={direction}
            use={row[direction]}
            unit={unit[direction]}
            short={row.model === "pool" && row[direction].source === "unavailable" ? "shared topics" : undefined}
          />
        ),
      }),
    ),
    { key: "lag", head: "Lag, worst", align: "right", cell: ({ lag }) => <LagValue lag={lag} /> },
  ];
}

/** Who is on the tier, worst first. */
export function TierTenants({ tier }: { tier: Tier }) {
  const filter = `tier:${tier.id}`;
  const answer = useInfiniteQuery(
    tenantList({ q: filter, view: "all", sort: "attention", order: "desc", cluster: null, spark: DEFAULT_RANGE }),
  );
  const carry = useCarry();
  const rows = useMemo(() => answer.data?.pages.flatMap((page) => page.rows) ?? [], [answer.data]);
  const produce = rateUnitFor(rows.flatMap((row) => [row.produce.bytesPerSecond, row.produce.worstBytesPerSecond]));
  const consume = rateUnitFor(rows.flatMap((row) => [row.consume.bytesPerSecond, row.consume.worstBytesPerSecond]));
  const columns = useMemo(() => columnsOf({ produce, consume }, carry), [produce, consume, carry]);
  return (
    <section aria-labelledby="tenants">
      <SectionHead
        id="tenants"
        title="Tenants"
        actions={
          <ButtonLink kind="quiet" href={carry(paths.tenants({ q: filter }))}>
            In the list of tenants
          </ButtonLink>
        }
      />
      <QuotaCardHost>
        <PagedList
          answer={answer}
          what="tenants"
          columns={columns}
          rowKey={({ id }) => id}
          rowHref={({ id }) => carry(paths.tenant(id))}
          order="worst first"
          empty={<p className="tone-muted">No tenant is on this tier.</p>}
        />
      </QuotaCardHost>
    </section>
  );
}
