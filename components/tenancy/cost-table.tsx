import { type Column, DataTable } from "@/components/ui/table";
import { formatDollars } from "@/lib/domain/cost/cost-words";
import type { CostLineView } from "@/lib/domain/views/cost";
import { costLineWords } from "./cost-words";

const COLUMNS: readonly Column<CostLineView>[] = [
  { key: "what", head: "What", className: "name", cell: costLineWords },
  { key: "cluster", head: "Cluster", className: "nowrap", cell: ({ clusterName }) => <bdi>{clusterName}</bdi> },
  { key: "dollars", head: "A month", align: "right", cell: ({ dollars }) => formatDollars(dollars) },
  { key: "arithmetic", head: "How it comes about", className: "prose-cell", cell: ({ arithmetic }) => arithmetic },
];

/** Lines of a bill, each with its arithmetic. */
export function CostTable({ caption, lines }: { caption: string; lines: readonly CostLineView[] }) {
  return (
    <DataTable
      caption={caption}
      columns={COLUMNS}
      rows={lines}
      rowKey={(line) => `${line.clusterId} ${line.kind} ${line.of} ${line.arithmetic}`}
    />
  );
}

interface UnpricedProps {
  unpriced: readonly { what: string; reason: string; remedy: string; clusterId: string }[];
}

/** What a bill leaves out, and why. */
export function Unpriced({ unpriced }: UnpricedProps) {
  const lines = new Map(unpriced.map((one) => [`${one.what}: ${one.reason}`, one]));
  if (lines.size === 0) return null;
  return (
    <div className="cost-missing">
      <h3>Not in these numbers</h3>
      <ul>
        {[...lines].map(([text, { remedy }]) => (
          <li key={text}>
            <bdi>{text}</bdi> <span className="tone-muted">{remedy}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
