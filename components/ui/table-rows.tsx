"use client";

import { startTransition, useEffect, useState } from "react";
import type { Column, TableSelection } from "./table-column";
import { TableRow, TableSpacer } from "./table-row";

/** As many rows as a high window shows: drawn at once, so that the page can be read before the rest is there. */
const FIRST_ROWS = 32;
const ROW_PX = 32;

export interface RowsProps<Row> {
  rows: readonly Row[];
  columns: readonly Column<Row, string>[];
  rowKey: (row: Row) => string;
  rowHref: ((row: Row) => string) | undefined;
  rowClass: ((row: Row) => string | undefined) | undefined;
  selection: TableSelection | undefined;
  rowName: ((row: Row) => string) | undefined;
  /** Place of the first of these rows in the list. */
  first?: number;
  measure?: (element: HTMLElement | null) => void;
}

export function PlainRows<Row>({ rows, columns, rowKey, rowHref, rowClass, selection, rowName, first = 0, measure }: RowsProps<Row>) {
  return rows.map((row, offset) => (
    <TableRow
      key={rowKey(row)}
      selectKey={selection === undefined ? undefined : rowKey(row)}
      selected={selection?.selected.has(rowKey(row))}
      onSelect={selection?.onSelect}
      name={selection === undefined ? undefined : rowName?.(row)}
      row={row}
      index={first + offset}
      columns={columns}
      href={rowHref?.(row)}
      className={rowClass?.(row)}
      measure={measure}
    />
  ));
}

/** All rows in the document: those the window shows at once, the others as soon as there is time. */
export function PlainBody<Row>(props: RowsProps<Row>) {
  const { rows, columns, selection } = props;
  const [all, setAll] = useState(false);
  useEffect(() => startTransition(() => setAll(true)), []);
  const shown = all ? rows : rows.slice(0, FIRST_ROWS);
  return (
    <tbody>
      <PlainRows {...props} rows={shown} />
      <TableSpacer height={(rows.length - shown.length) * ROW_PX} span={columns.length + Number(selection !== undefined)} />
    </tbody>
  );
}
