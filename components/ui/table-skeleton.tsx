import { Skeleton } from "./skeleton";
import { DataTable } from "./table";
import type { Column } from "./table-column";

const ROWS = Array.from({ length: 14 }, (_, index) => index);
const WIDTHS = ["72%", "58%", "84%", "64%"];

interface TableSkeletonProps<Row> {
  columns: readonly Column<Row>[];
  fixed?: boolean;
  /** The real table has a box before each row. */
  selects?: boolean;
  what: string;
}

/** The real table's head over rows that are still to come. */
export function TableSkeleton<Row>({ columns, fixed = false, selects = false, what }: TableSkeletonProps<Row>) {
  const empty = columns.map((column, position) => ({
    key: column.key,
    head: column.head,
    ...(column.width === undefined ? {} : { width: column.width }),
    ...(column.align === undefined ? {} : { align: column.align }),
    ...(column.className === undefined ? {} : { className: column.className }),
    cell: (row: number) => <Skeleton width={WIDTHS[(row + position) % WIDTHS.length] ?? "70%"} />,
  }));
  return (
    <DataTable
      caption={`Loading ${what}`}
      columns={empty}
      rows={ROWS}
      rowKey={String}
      fixed={fixed}
      {...(selects ? { className: "for-boxes" } : {})}
      busy
    />
  );
}
