import Link from "next/link";
import { memo } from "react";
import { classNames } from "./class-names";
import type { Column, TableSelection } from "./table-column";
import { SelectRow } from "./table-select";

interface RowProps<Row> {
  row: Row;
  index: number;
  columns: readonly Column<Row, string>[];
  href: string | undefined;
  className: string | undefined;
  measure: ((element: HTMLElement | null) => void) | undefined;
  /** Names the row where rows can be chosen; absent: they cannot. */
  selectKey: string | undefined;
  selected: boolean | undefined;
  onSelect: TableSelection["onSelect"] | undefined;
  /** What a screen reader hears of the row's box. */
  name: string | undefined;
}

function Inner<Row>({ row, index, columns, href, className, measure, selectKey, selected, onSelect, name }: RowProps<Row>) {
  return (
    <tr
      className={classNames("row", className, selected && "selected")}
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selectKey === undefined ? undefined : selected}
    >
      {selectKey === undefined || onSelect === undefined ? null : (
        <SelectRow rowKey={selectKey} selected={selected ?? false} onSelect={onSelect} label={`Choose ${name ?? selectKey}`} />
      )}
      {columns.map((column, position) => {
        const content = column.cell(row);
        const classes = classNames(column.align === "right" && "num", column.mono && "mono", column.className);
        return position > 0 ? (
          <td key={column.key} className={classes} data-label={column.head}>
            {content}
          </td>
        ) : (
          <th key={column.key} scope="row" className={classes}>
            {href === undefined ? (
              content
            ) : (
              <Link href={href} prefetch={false} className="row-link">
                {content}
              </Link>
            )}
          </th>
        );
      })}
    </tr>
  );
}

/** One row; drawn again only when its own data, its columns or its address changed. */
export const TableRow = memo(Inner) as typeof Inner;

/** Stands for the rows above or below that are not in the document. */
export function TableSpacer({ height, span }: { height: number; span: number }) {
  return height <= 0 ? null : (
    <tr className="spacer" aria-hidden>
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}
