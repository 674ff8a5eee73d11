"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { Button } from "@/components/ui/button";
import { SectionHead } from "@/components/ui/section";
import { Segments } from "@/components/ui/segments";
import { type Column, DataTable } from "@/components/ui/table";
import { OPERATION_STATES } from "@/lib/domain/change/operation";
import { formatCount } from "@/lib/domain/format";
import type { ChangeDetail, UnitView } from "@/lib/domain/views/changes";
import { countList, OPERATION_WORDS, OperationStateWord } from "./change-words";

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
export function UnitTable({ change: { unitList, units } }: { change: ChangeDetail }) {
  const [{ unitState }, set] = useQueryStates(CHANGE_ADDRESS, { history: "push" });
  const present = OPERATION_STATES.filter((state) => unitList.some((unit) => unit.state === state));
  const segments = [
    { value: "all", label: `All ${formatCount(units)}` },
    ...present.map((state) => ({
      value: state,
      label: `${OPERATION_WORDS[state].word} ${formatCount(unitList.filter((unit) => unit.state === state).length)}`,
    })),
  ];
  const shown = unitState === null ? unitList : unitList.filter(({ state }) => state === unitState);
  const choose = (value: string) => void set({ unitState: OPERATION_STATES.find((state) => state === value) ?? null });
  return (
    <section className="wraps-head" aria-labelledby="units">
      <SectionHead
        id="units"
        title="One by one"
        note="what fails in one leaves the others alone"
        actions={present.length > 1 ? <Segments label="State" segments={segments} value={unitState ?? "all"} onChange={choose} /> : null}
      />
      {shown.length === 0 ? (
        <p className="tone-muted">None is in this state.</p>
      ) : (
        <DataTable
          caption="Units of the change"
          columns={columnsOf((unit) => void set({ unit, state: null }))}
          rows={shown}
          rowKey={({ unit }) => unit}
          total={unitList.length}
        />
      )}
      {units > unitList.length ? (
        <p className="tone-muted">
          Shown are the first {formatCount(unitList.length)} of {formatCount(units)}; the operations below can be filtered over all.
        </p>
      ) : null}
    </section>
  );
}
