"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { Button } from "@/components/ui/button";
import { SectionHead } from "@/components/ui/section";
import { Segments } from "@/components/ui/segments";
import { type Column, DataTable } from "@/components/ui/table";
import { changeUnits } from "@/lib/client/changes";
import { isFinished, OPERATION_STATES, type OperationState } from "@/lib/domain/change/operation";
import { formatCount } from "@/lib/domain/format";
import type { ChangeDetail, UnitView } from "@/lib/domain/views/changes";
import { countList, OPERATION_WORDS, OperationStateWord } from "./change-words";
import { paceOf } from "./pace-of";
import { PagedRows } from "./paged-rows";

/** Which units and operations of a change are listed; in the address. */
export const CHANGE_ADDRESS = {
  unitState: parseAsStringLiteral(OPERATION_STATES),
  unit: parseAsString,
  state: parseAsStringLiteral(OPERATION_STATES),
};

function columnsOf(onChoose: (unit: string) => void): Column<UnitView>[] {
  return [
    { key: "name", head: "Carried out together", className: "name", cell: ({ name, unit }) => <bdi title={unit}>{name}</bdi> },
    { key: "state", head: "State", cell: ({ state }) => <OperationStateWord state={state} /> },
    {
      key: "operations",
      head: "Operations",
      cell: ({ operations }) =>
        countList(operations)
          .map(({ words }) => words)
          .join(", "),
    },
    {
      key: "message",
      head: "Why",
      className: "wraps",
      cell: ({ message }) => (message === null ? null : <bdi>{message}</bdi>),
    },
    {
      key: "show",
      head: "",
      align: "right",
      cell: ({ unit, name }) => (
        <Button kind="quiet" aria-label={`Show the operations of ${name}`} onClick={() => onChoose(unit)}>
          Operations
        </Button>
      ),
    },
  ];
}

/** The tenants or resources of a rollout, each of which succeeds or fails by itself. */
export function UnitTable({ change }: { change: ChangeDetail }) {
  const { unitList, unitCounts, units } = change;
  const [{ unitState }, set] = useQueryStates(CHANGE_ADDRESS, { history: "push" });
  const present = OPERATION_STATES.flatMap((state) => {
    const count = unitCounts[state] ?? 0;
    return count === 0 ? [] : [{ value: state, label: `${OPERATION_WORDS[state].word} ${formatCount(count)}` }];
  });
  const segments = [{ value: "all", label: `All ${formatCount(units)}` }, ...present];
  const choose = (value: string) => void set({ unitState: OPERATION_STATES.find((state) => state === value) ?? null });
  const isWhole = unitList.length >= units;
  return (
    <section className="wraps-head" aria-labelledby="units">
      <SectionHead
        id="units"
        title="One by one"
        note="what fails in one leaves the others alone"
        actions={present.length > 1 ? <Segments label="State" segments={segments} value={unitState ?? "all"} onChange={choose} /> : null}
      />
      {isWhole ? (
        <Rows rows={unitList.filter(({ state }) => unitState === null || state === unitState)} />
      ) : (
        <PagedUnits change={change} state={unitState} />
      )}
    </section>
  );
}

function Rows({ rows }: { rows: readonly UnitView[] }) {
  const [, set] = useQueryStates(CHANGE_ADDRESS, { history: "push" });
  if (rows.length === 0) return <p className="tone-muted">None is in this state.</p>;
  return (
    <DataTable
      caption="Units of the change"
      columns={columnsOf((unit) => void set({ unit, state: null }))}
      rows={rows}
      rowKey={({ unit }) => unit}
    />
  );
}

/** More than come with the change: page by page from the server, which also chooses those of a state. */
function PagedUnits({ change, state }: { change: ChangeDetail; state: OperationState | null }) {
  const answer = useInfiniteQuery({
    ...changeUnits(change.id, state),
    refetchInterval: (current) => (isFinished(change.state) ? false : paceOf(current.state.data?.pages.length)),
  });
  return (
    <PagedRows answer={answer} what="units">
      {(rows) => <Rows rows={rows} />}
    </PagedRows>
  );
}
