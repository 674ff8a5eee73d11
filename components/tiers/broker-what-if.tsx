"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useMemo } from "react";
import { PartAnswer } from "@/components/tenancy/answered";
import { useMayPlan } from "@/components/tenancy/use-may-plan";
import { useWhyClosed } from "@/components/tenancy/use-why-closed";
import { SectionHead } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { DataTable } from "@/components/ui/table";
import { useCarry, useScope } from "@/lib/client/address";
import { status } from "@/lib/client/status";
import { brokerWhatIf } from "@/lib/client/usage";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { BrokerWhatIf } from "@/lib/domain/views/what-if";
import { sizeColumns, sizedTenantColumns } from "./broker-what-if-columns";

const TITLE = "What if: one broker more or less";

/** One broker more or less on a cluster: promise against capacity, who would be throttled, money. Nothing is written. */
export function BrokerWhatIfSection() {
  const [scope] = useScope();
  const [chosen, choose] = useQueryState("whatIf", parseAsString.withOptions({ history: "replace" }));
  const { data } = useQuery(status());
  const clusterId = chosen ?? scope;
  const why = useWhyClosed("sizes");
  if (why !== null) {
    return (
      <section aria-labelledby="brokers">
        <SectionHead id="brokers" title={TITLE} />
        <p className="tone-muted">{why}</p>
      </section>
    );
  }
  return (
    <section aria-labelledby="brokers">
      <SectionHead
        id="brokers"
        title={TITLE}
        note="nothing is written; peak: the highest minute of the last 30 days"
        actions={
          <label className="what-if">
            On
            <select className="select" value={clusterId ?? ""} onChange={(event) => void choose(event.target.value || null)}>
              <option value="">choose a cluster</option>
              {(data?.clusters ?? []).map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        }
      />
      {clusterId === null ? (
        <p className="tone-muted">Of a cluster: what is promised against what its brokers take, who would be throttled, and money.</p>
      ) : (
        <OfCluster clusterId={clusterId} />
      )}
    </section>
  );
}

function OfCluster({ clusterId }: { clusterId: string }) {
  const answer = useQuery(brokerWhatIf(clusterId));
  return (
    <PartAnswer answer={answer} failed="It could not be worked out" waiting={<Skeleton height={160} />}>
      {(view) => (view.reason === null ? <Sizes view={view} /> : <p className="tone-muted">{view.reason}</p>)}
    </PartAnswer>
  );
}

function Sizes({ view }: { view: BrokerWhatIf }) {
  const carry = useCarry();
  const mayLook = useMayPlan();
  const { sizes, tenants, tenantsTotal, unseen, notes } = view;
  const columns = useMemo(() => sizeColumns(view), [view]);
  const tenantColumns = useMemo(() => sizedTenantColumns(sizes), [sizes]);
  return (
    <>
      <DataTable
        caption="The cluster by number of brokers"
        className="tall"
        columns={columns}
        rows={sizes}
        rowKey={({ brokers }) => String(brokers)}
        rowClass={({ isNow }) => (isNow ? "is-now" : undefined)}
      />
      <SectionHead
        title="Who would be throttled"
        note={`by the highest minute of the last 30 days${tenantsTotal > tenants.length ? `, the first ${formatCount(tenants.length)} of ${formatCount(tenantsTotal)}` : ""}`}
      />
      {tenants.length === 0 ? (
        <p className="tone-muted">Nobody whose past is kept: no highest minute is above what the quotas let through at these sizes.</p>
      ) : (
        <DataTable
          caption="Who would be throttled, by number of brokers"
          className="tall"
          columns={tenantColumns}
          rows={tenants}
          rowKey={({ tenantId, direction }) => `${tenantId} ${direction}`}
          {...(mayLook ? { rowHref: ({ tenantId }: BrokerWhatIf["tenants"][number]) => carry(paths.tenant(tenantId)) } : {})}
        />
      )}
      <ul className="what-if-notes">
        {unseen === 0 ? null : (
          <li>
            Of {formatCountOf(unseen, "tenant")} with a quota there nothing is kept of this time, or their partitions cannot be seen:
            whether they would be throttled is not known.
          </li>
        )}
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}
