import type { ReactNode } from "react";

export type Order = "asc" | "desc";

export interface Column<Row, Sort extends string = string> {
  key: string;
  /** What the head says, and what stands before the value where a row is a block. */
  head: string;
  cell: (row: Row) => ReactNode;
  /** Part of the width in a table of fixed layout, in px of a page that is 1,184 px wide. */
  width?: number;
  align?: "right";
  /** The server's name of this column's order; absent: not sortable. */
  sort?: Sort;
  firstOrder?: Order;
  /** Name, id or key of Kafka. */
  mono?: boolean;
  className?: string;
}

/** Rows that are chosen for an action on several. `onSelect` stays the same between renders. */
export interface TableSelection {
  selected: ReadonlySet<string>;
  /** `range`: all rows from the last one chosen to this. */
  onSelect: (key: string, range: boolean) => void;
  onSelectAll: () => void;
}

export interface TableSort<Sort extends string> {
  by: Sort;
  order: Order;
}
