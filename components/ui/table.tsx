"use client";

import { lazy, type ReactNode, Suspense, useRef } from "react";
import { classNames } from "./class-names";
import type { Column, Order, TableSelection, TableSort } from "./table-column";
import { TableHead, TableWidths } from "./table-head";
import { PlainBody, type RowsProps } from "./table-rows";
import { useOverflow } from "./use-overflow";

/** Up to here all rows are in the document, where the browser's own search and print find them. */
const ALL_UP_TO = 120;
const WindowedRows = lazy(() => import("./windowed-rows").then((module) => ({ default: module.WindowedRows })));

export type { Column, Order, TableSelection } from "./table-column";

export interface DataTableProps<Row, Sort extends string = string> {
  /** Says to a screen reader what is listed and in which order. */
  caption: string;
  /** The first column names the row. Keep the array: rows are drawn again when it changes. */
  columns: readonly Column<Row, Sort>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Makes the whole row a link. */
  rowHref?: (row: Row) => string;
  rowClass?: (row: Row) => string | undefined;
  sort?: TableSort<Sort>;
  onSort?: (by: Sort, order: Order) => void;
  /** Rows there are in all, when they come in pages. */
  total?: number;
  /** Widths from the columns instead of from the content; what is longer is cut with an ellipsis. */
  fixed?: boolean;
  /** Extra classes: `tall` for two lines a row, or a feature's own. */
  className?: string;
  /** Rows can be chosen, by a box before the first column. */
  selection?: TableSelection | undefined;
  /** What a row is called at its box. */
  rowName?: (row: Row) => string;
  foot?: ReactNode;
  busy?: boolean;
}

/**
 * The console's table: sticky head, first column sticky when it scrolls sideways, sortable heads, rows as links, and only the
 * rows near the window in the document once there are many. Below 880 px of page a row is a block.
 */
export function DataTable<Row, Sort extends string = string>(props: DataTableProps<Row, Sort>) {
  const {
    caption,
    columns,
    rows,
    rowKey,
    rowHref,
    rowClass,
    sort,
    onSort,
    total,
    fixed = false,
    className,
    selection,
    rowName,
    foot,
    busy = false,
  } = props;
  const frame = useRef<HTMLDivElement>(null);
  const overflow = useOverflow(frame);
  const body = { rows, columns, rowKey, rowHref, rowClass, selection, rowName } as RowsProps<unknown>;
  const plain = <PlainBody {...body} />;
  return (
    <div
      ref={frame}
      className="bleed"
      data-overflow={overflow ? "" : undefined}
      {...(overflow ? { tabIndex: 0, role: "region", "aria-label": caption } : {})}
    >
      <table
        className={classNames("data-table", "blocks", fixed && "even clipped", className)}
        aria-rowcount={(total ?? rows.length) + 1}
        aria-busy={busy || undefined}
      >
        <caption className="visually-hidden">{caption}</caption>
        {fixed ? <TableWidths columns={columns} selects={selection !== undefined} /> : null}
        <TableHead columns={columns} sort={sort} onSort={onSort} selection={selection} keys={() => rows.map(rowKey)} />
        {rows.length > ALL_UP_TO ? (
          <Suspense fallback={plain}>
            <WindowedRows {...body} frame={frame} frameScrolls={overflow} />
          </Suspense>
        ) : (
          plain
        )}
        {foot ? <tfoot>{foot}</tfoot> : null}
      </table>
    </div>
  );
}
