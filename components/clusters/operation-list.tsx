import { SectionHead } from "@/components/ui/section";
import { State, type Tone } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { operationWords } from "@/lib/domain/cloud/msk-operations";
import { formatDuration } from "@/lib/domain/format";
import type { MskOperationView } from "@/lib/domain/views/msk-operation";

function toneOf({ state, endedAt }: MskOperationView): Tone {
  if (/FAILED/.test(state)) return "danger";
  return endedAt === null && !/COMPLETE/.test(state) ? "info" : "ok";
}

function took({ startedAt, endedAt }: MskOperationView): string | null {
  return endedAt === null ? null : formatDuration(Date.parse(endedAt) - Date.parse(startedAt));
}

const COLUMNS: readonly Column<MskOperationView>[] = [
  { key: "type", head: "Operation", className: "name", cell: ({ type }) => <span title={type}>{operationWords(type)}</span> },
  {
    key: "state",
    head: "State",
    cell: (operation) => <State tone={toneOf(operation)}>{operation.state.toLowerCase().replaceAll("_", " ")}</State>,
  },
  { key: "from", head: "Began", cell: ({ startedAt }) => <Time at={startedAt} /> },
  {
    key: "to",
    head: "Ended",
    cell: ({ endedAt }) => (endedAt === null ? <span className="tone-muted">not yet</span> : <Time at={endedAt} />),
  },
  { key: "took", head: "Took", align: "right", cell: (operation) => took(operation) ?? "" },
  {
    key: "error",
    head: "Error",
    className: "wraps",
    cell: ({ error }) => (error === null ? null : <bdi className="tone-danger">{error}</bdi>),
  },
];

/** What MSK does and did to the cluster, newest first; the charts have the same on their time axis. */
export function OperationList({ operations }: { operations: readonly MskOperationView[] | null }) {
  return (
    <section aria-labelledby="operations">
      <SectionHead id="operations" title="MSK operations" />
      {operations === null ? (
        <p className="tone-muted">Operations could not be read; “What we cannot see” says what would change that.</p>
      ) : operations.length === 0 ? (
        <p className="tone-muted">MSK lists no operation of this cluster.</p>
      ) : (
        <DataTable
          caption="MSK operations, newest first"
          columns={COLUMNS}
          rows={operations}
          rowKey={({ type, startedAt }) => `${type} ${startedAt}`}
        />
      )}
    </section>
  );
}
