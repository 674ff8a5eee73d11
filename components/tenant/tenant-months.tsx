"use client";

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { PartAnswer } from "@/components/tenancy/answered";
import { useIsOperator } from "@/components/tenancy/use-is-operator";
import { SectionHead } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { DataTable } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { tenantMonths } from "@/lib/client/usage";
import { type CorrectionNote, correctionNotes, type MonthRow, monthColumns, monthRows } from "./month-columns";

const MonthCorrection = lazy(() => import("./month-correction").then((module) => ({ default: module.MonthCorrection })));

/** Contract and use by month: what a bill or a claim is held against. */
export function TenantMonths({ tenantId }: { tenantId: string }) {
  const answer = useQuery(tenantMonths(tenantId));
  const isOperator = useIsOperator();
  const [correcting, setCorrecting] = useState<MonthRow | null>(null);
  const columns = useMemo(() => monthColumns(isOperator ? setCorrecting : null), [isOperator]);
  return (
    <section aria-labelledby="months">
      <SectionHead
        id="months"
        title="Contract and use by month"
        note="minutes. At the limit: throttled, or at 95 % of the quota on a broker and more; use is cut off there, so that it wanted at least as much"
      />
      <PartAnswer answer={answer} failed="The months could not be loaded" waiting={<Skeleton height={64} />}>
        {({ months }) =>
          months.length === 0 ? (
            <p className="tone-muted">No hour of it is kept yet.</p>
          ) : (
            <>
              <DataTable
                caption="Contract and use by month"
                className="tall"
                columns={columns}
                rows={monthRows(months)}
                rowKey={({ key }) => key}
              />
              <Corrections notes={correctionNotes(months)} />
            </>
          )
        }
      </PartAnswer>
      {correcting === null ? null : (
        <Suspense>
          <MonthCorrection tenantId={tenantId} month={correcting.month} use={correcting.use} onClose={() => setCorrecting(null)} />
        </Suspense>
      )}
    </section>
  );
}

/** Who corrected what and why. */
function Corrections({ notes }: { notes: readonly CorrectionNote[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className="ticket-lines" aria-label="Corrections">
      {notes.map(({ key, month, at, actor, reason }) => (
        <li key={key}>
          {month}, corrected <Time at={at} /> by <bdi>{actor}</bdi>: <bdi className="tone-muted">{reason}</bdi>
        </li>
      ))}
    </ul>
  );
}
