"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { ModelWord } from "@/components/tenancy/model-word";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { SectionHead } from "@/components/ui/section";
import { formatCountOf } from "@/lib/domain/format";
import { MODELS } from "@/lib/domain/isolation";
import type { IsolationView, MatrixRow } from "@/lib/domain/views/isolation";
import { LiveRows } from "./live-rows";
import { FleetNoteCell, InForceCell, VerdictCell } from "./matrix-cells";

interface MatrixProps {
  view: IsolationView;
  picker: ReactNode;
}

const ALL_ROWS = "all";

/** The models against the capabilities, in the dimensions of the post, with what stands under each now. */
export function Matrix({ view, picker }: MatrixProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const all = open.has(ALL_ROWS);
  const toggle = (id: string) => setOpen((before) => (before.has(id) ? without(before, id) : new Set([...before, id])));
  return (
    <section aria-labelledby="matrix">
      <SectionHead
        id="matrix"
        title="Compared"
        note={formatCountOf(view.total, "tenant")}
        actions={
          <>
            {picker}
            <Button kind="quiet" aria-pressed={all} onClick={() => setOpen(all ? new Set() : new Set([ALL_ROWS]))}>
              {all ? "Hide reasons" : "All reasons"}
            </Button>
          </>
        }
      />
      <table className={classNames("data-table blocks matrix", view.tenant !== null && "of-tenant")}>
        <caption className="visually-hidden">Pool, bridge and silo compared, with counts from this fleet</caption>
        <MatrixHead view={view} />
        <LiveRows view={view} />
        {dimensionsOf(view.rows).map(([dimension, rows]) => (
          <tbody key={dimension}>
            <tr className="dimension">
              <th scope="rowgroup" colSpan={5}>
                {capital(dimension)}
              </th>
            </tr>
            {rows.map((row) => (
              <CapabilityRow key={row.id} row={row} tenant={view.tenant} open={all || open.has(row.id)} onToggle={() => toggle(row.id)} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function MatrixHead({ view: { tenant } }: Pick<MatrixProps, "view">) {
  return (
    <thead>
      <tr>
        <th scope="col">Capability</th>
        {MODELS.map((model) => (
          <th key={model} scope="col" className={classNames("model-head", tenant?.models.includes(model) && "here")}>
            <ModelWord model={model} />
          </th>
        ))}
        <th scope="col">{tenant === null ? "In this fleet" : <bdi>In force for {tenant.name}</bdi>}</th>
      </tr>
    </thead>
  );
}

interface CapabilityRowProps {
  row: MatrixRow;
  tenant: IsolationView["tenant"];
  open: boolean;
  onToggle: () => void;
}

function CapabilityRow({ row, tenant, open, onToggle }: CapabilityRowProps) {
  return (
    <tr className={classNames("row", open && "open")} id={row.id}>
      <th scope="row">
        <button type="button" className="fold" aria-expanded={open} onClick={onToggle}>
          <ChevronRight aria-hidden />
          {row.name}
        </button>
      </th>
      {MODELS.map((model) => (
        <td key={model} className={classNames(tenant?.models.includes(model) && "here")} data-label={capital(model)}>
          <VerdictCell cell={row.cells[model]} />
        </td>
      ))}
      <td className="live" data-label={tenant === null ? "In this fleet" : "In force"}>
        {row.inForce === null ? <FleetNoteCell note={row.fleet} /> : <InForceCell inForce={row.inForce} />}
      </td>
    </tr>
  );
}

function dimensionsOf(rows: readonly MatrixRow[]): [string, MatrixRow[]][] {
  return [...Map.groupBy(rows, ({ dimension }) => dimension)];
}

function without(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...set].filter((each) => each !== id));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
