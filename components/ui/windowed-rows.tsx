"use client";

import { TableSpacer } from "./table-row";
import { PlainRows, type RowsProps } from "./table-rows";
import { useRowWindow } from "./use-row-window";

interface WindowedRowsProps<Row> extends RowsProps<Row> {
  frame: React.RefObject<HTMLDivElement | null>;
  /** The frame scrolls by itself, not the page. */
  frameScrolls: boolean;
}

/** The rows near the window, and spacers for the others. Loaded when a list grows long. */
export function WindowedRows<Row>({ frame, frameScrolls, ...props }: WindowedRowsProps<Row>) {
  const { rows, columns, selection } = props;
  const span = columns.length + Number(selection !== undefined);
  const { first, last, before, after, measure } = useRowWindow(frame, rows.length, frameScrolls);
  return (
    <tbody>
      <TableSpacer height={before} span={span} />
      <PlainRows {...props} rows={rows.slice(first, last)} first={first} measure={measure} />
      <TableSpacer height={after} span={span} />
    </tbody>
  );
}
