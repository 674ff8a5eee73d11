"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { FilterChip } from "@/components/ui/filter-chip";
import { SectionHead } from "@/components/ui/section";
import { Segments } from "@/components/ui/segments";
import { type Column, DataTable } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { changeOperations } from "@/lib/client/changes";
import { clusterOf, isFinished, OPERATION_STATES } from "@/lib/domain/change/operation";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import type { ChangeDetail, OperationView } from "@/lib/domain/views/changes";
import { countList, OPERATION_WORDS, OperationStateWord, totalOf } from "./change-words";
import { BeforeAfter, Bytes, OperationSubject } from "./operation-table";
import { paceOf } from "./pace-of";
import { PagedRows } from "./paged-rows";
import { CHANGE_ADDRESS } from "./unit-table";

/** Columns that are there only where a row has something for them. */
interface Parts {
  severalClusters: boolean;
  deletes: boolean;
  speaks: boolean;
}

function columnsOf({ severalClusters, deletes, speaks }: Parts): Column<OperationView>[] {
  const columns: Column<OperationView>[] = [
    {
      key: "subject",
      head: "Operation",
      className: "name",
      cell: (operation) => <OperationSubject operation={operation} withCluster={severalClusters} />,
    },
    { key: "value", head: "Before and after", cell: (operation) => <BeforeAfter operation={operation} /> },
    { key: "goes", head: "Goes", align: "right", cell: ({ deletesBytes }) => <Bytes observed={deletesBytes} /> },
    { key: "state", head: "State", cell: ({ state }) => <OperationStateWord state={state} /> },
    { key: "message", head: "What was said", className: "wraps", cell: ({ message }) => (message === null ? null : <bdi>{message}</bdi>) },
    { key: "at", head: "When", cell: ({ at }) => (at === null ? null : <Time at={at} />) },
  ];
  return columns.filter(({ key }) => (deletes || key !== "goes") && (speaks || key !== "message"));
}

/** The operations of a change with what became of each: all of them, or those of a state or a unit. */
export function AppliedOperations({ change }: { change: ChangeDetail }) {
  const [{ state, unit }, set] = useQueryStates(CHANGE_ADDRESS, { history: "push" });
  const total = totalOf(change.operations);
  const counts = countList(change.operations);
  const segments = [
    { value: "all", label: `All ${formatCount(total)}` },
    ...counts.map((one) => ({ value: one.state, label: `${OPERATION_WORDS[one.state].word} ${formatCount(one.count)}` })),
  ];
  const choose = (value: string) => void set({ state: OPERATION_STATES.find((each) => each === value) ?? null });
  const wholeIsHere = state === null && unit === null && change.operationList.length >= total;
  return (
    <section className="wraps-head" aria-labelledby="operations">
      <SectionHead
        id="operations"
        title="Operations"
        note={formatCountOf(total, "operation")}
        actions={
          counts.length > 1 ? <Segments label="State of operations" segments={segments} value={state ?? "all"} onChange={choose} /> : null
        }
      />
      {unit === null ? null : (
        <div className="filter">
          <FilterChip text={change.unitList.find((one) => one.unit === unit)?.name ?? unit} onRemove={() => void set({ unit: null })} />
        </div>
      )}
      {wholeIsHere ? <Rows rows={change.operationList} /> : <PagedOperations change={change} state={state} unit={unit} />}
    </section>
  );
}

function Rows({ rows }: { rows: readonly OperationView[] }) {
  const severalClusters = new Set(rows.map(({ target }) => clusterOf(target)).filter((id) => id !== null)).size > 1;
  const deletes = rows.some(({ deletesBytes }) => deletesBytes !== undefined);
  const speaks = rows.some(({ message }) => message !== null);
  const columns = useMemo(() => columnsOf({ severalClusters, deletes, speaks }), [severalClusters, deletes, speaks]);
  if (rows.length === 0) return <p className="tone-muted">No operation is in this state.</p>;
  return (
    <DataTable caption="Operations of the change" className="tall" columns={columns} rows={rows} rowKey={({ index }) => String(index)} />
  );
}

function PagedOperations({ change, state, unit }: { change: ChangeDetail; state: OperationView["state"] | null; unit: string | null }) {
  const finished = isFinished(change.state);
  const options = changeOperations(change.id, { state, unit });
  const answer = useInfiniteQuery({
    ...options,
    refetchInterval: (current) => (finished ? false : paceOf(current.state.data?.pages.length)),
  });
  // The page's total is of the whole change, or of a state; of a unit it is not told.
  const total = unit === null ? {} : { totalOf: (shown: number) => shown };
  return (
    <PagedRows answer={answer} what="operations" {...total}>
      {(rows) => <Rows rows={rows} />}
    </PagedRows>
  );
}
