import { Button } from "@/components/ui/button";
import type { Column } from "@/components/ui/table";
import { formatBytes, formatCount } from "@/lib/domain/format";
import type { MonthUse } from "@/lib/domain/usage/month";
import type { MonthView } from "@/lib/domain/views/months";
import { MONTH_FIELDS, type MonthField } from "./month-draft";

/** One line of the table: what counts for a month, or an entry that was corrected. */
export interface MonthRow {
  key: string;
  month: string;
  use: MonthUse;
  /** null: it counts. */
  corrected: true | null;
  /** "running", "closed 2026-11-01", "corrected 2026-11-03". */
  words: string;
  canCorrect: boolean;
}

/** The entry in force of each month, and under it those that it corrected, the newest first. */
export function monthRows(months: readonly MonthView[]): MonthRow[] {
  return months.flatMap(({ month, closed, use, entries }): MonthRow[] => {
    if (!closed || entries.length === 0)
      return use === null ? [] : [{ key: month, month, use, corrected: null, words: closed ? "closed" : "running", canCorrect: false }];
    const rows = entries.map(
      (entry, index): MonthRow => ({
        key: `${month} ${index}`,
        month,
        use: entry.use,
        corrected: index < entries.length - 1 ? true : null,
        words: entryWords(entry),
        canCorrect: index === entries.length - 1,
      }),
    );
    return rows.reverse();
  });
}

function entryWords({ at, actor }: MonthView["entries"][number]): string {
  return `${actor === null ? "closed" : "corrected"} ${at.slice(0, 10)}`;
}

export interface CorrectionNote {
  key: string;
  month: string;
  at: string;
  actor: string;
  reason: string;
}

/** Who corrected which month and why, in the order of the table. */
export function correctionNotes(months: readonly MonthView[]): CorrectionNote[] {
  return months.flatMap(({ month, entries }) =>
    entries
      .flatMap(({ at, actor, reason }, index) =>
        actor === null ? [] : [{ key: `${month} ${index}`, month, at, actor, reason: reason ?? "" }],
      )
      .reverse(),
  );
}

const BAD = new Set<MonthField>(["minutesThrottledBelow", "storedAboveBytes"]);
const AT_LEAST = new Set<MonthField>(["minutesAtLimit"]);

function Value({ row: { use, corrected }, field, kind }: { row: MonthRow; field: MonthField; kind: "minutes" | "bytes" }) {
  const value = use[field];
  if (value === null) return <span className="tone-faint">not known</span>;
  const words = kind === "bytes" ? formatBytes(value) : formatCount(value);
  if (corrected !== null) return <s className="tone-faint">{words}</s>;
  const least = AT_LEAST.has(field) && value > 0 ? "≥ " : "";
  return <span className={BAD.has(field) && value > 0 ? "tone-danger" : undefined}>{least + words}</span>;
}

/** `onCorrect` null: whoever looks may not correct. */
export function monthColumns(onCorrect: ((row: MonthRow) => void) | null): Column<MonthRow>[] {
  return [
    {
      key: "month",
      head: "Month, UTC",
      className: "name",
      cell: ({ month, words, corrected }) => (
        <span>
          {corrected === null ? month : <span className="visually-hidden">{month}, before</span>}
          <span className="sub nowrap">{words}</span>
        </span>
      ),
    },
    ...MONTH_FIELDS.map(
      ([field, label, kind]): Column<MonthRow> => ({
        key: field,
        head: label,
        align: "right",
        cell: (row) => <Value row={row} field={field} kind={kind} />,
      }),
    ),
    ...(onCorrect === null
      ? []
      : [
          {
            key: "correct",
            head: "Correction",
            cell: (row: MonthRow) =>
              row.canCorrect ? (
                <Button kind="quiet" aria-label={`Correct ${row.month}`} onClick={() => onCorrect(row)}>
                  Correct
                </Button>
              ) : null,
          },
        ]),
  ];
}
