import { ArrowDown, ArrowUp } from "lucide-react";
import { classNames } from "./class-names";
import type { Column, Order, TableSelection, TableSort } from "./table-column";
import { SelectAll } from "./table-select";

interface HeadProps<Row, Sort extends string> {
  columns: readonly Column<Row, Sort>[];
  sort: TableSort<Sort> | undefined;
  onSort: ((by: Sort, order: Order) => void) | undefined;
  selection: TableSelection | undefined;
  /** The rows in the table, for the box that chooses all of them. */
  keys: () => readonly string[];
}

function nextOrder<Row, Sort extends string>(column: Column<Row, Sort>, sort: TableSort<Sort> | undefined): Order {
  const first = column.firstOrder ?? (column.align === "right" ? "desc" : "asc");
  if (sort?.by !== column.sort) return first;
  return sort?.order === "asc" ? "desc" : "asc";
}

function SortHead<Row, Sort extends string>({
  column,
  by,
  sort,
  onSort,
}: { column: Column<Row, Sort>; by: Sort } & Pick<HeadProps<Row, Sort>, "sort" | "onSort">) {
  const current = sort?.by === by ? sort.order : null;
  const next = nextOrder(column, sort);
  const Arrow = (current ?? next) === "asc" ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      className={classNames(column.align === "right" && "num", column.className)}
      aria-sort={current === null ? undefined : current === "asc" ? "ascending" : "descending"}
    >
      <button type="button" className="sort" onClick={() => onSort?.(by, next)}>
        <span className="clip">{column.head}</span>
        <Arrow aria-hidden className={current === null ? "idle" : undefined} />
      </button>
    </th>
  );
}

export function TableHead<Row, Sort extends string>({ columns, sort, onSort, selection, keys }: HeadProps<Row, Sort>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selection === undefined ? null : <SelectAll selection={selection} keys={keys()} />}
        {columns.map((column) =>
          column.sort === undefined || onSort === undefined ? (
            <th key={column.key} scope="col" className={classNames(column.align === "right" && "num", column.className)}>
              {column.head}
            </th>
          ) : (
            <SortHead key={column.key} column={column} by={column.sort} sort={sort} onSort={onSort} />
          ),
        )}
      </tr>
    </thead>
  );
}

/** The widths of a fixed layout as shares, so that the table is never wider than the page. */
export function TableWidths<Row, Sort extends string>({ columns, selects }: { columns: readonly Column<Row, Sort>[]; selects: boolean }) {
  const total = columns.reduce((sum, column) => sum + (column.width ?? 0), 0);
  return (
    <colgroup>
      {selects ? <col className="select-cell" /> : null}
      {columns.map((column) => (
        <col
          key={column.key}
          className={column.className}
          style={column.width === undefined ? undefined : { width: `${((column.width / total) * 100).toFixed(3)}%` }}
        />
      ))}
    </colgroup>
  );
}
