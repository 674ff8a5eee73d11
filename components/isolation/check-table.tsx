import { State } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import { formatCount } from "@/lib/domain/format";
import type { PostureCheck, PostureView } from "@/lib/domain/views/posture";

/** Every check: what it looks for, what it found, and where it could not look. Silence that means nothing is said to. */
export function CheckTable({ view }: { view: PostureView }) {
  const nameOf = (clusterId: string): string => view.clusterNames[clusterId] ?? clusterId;
  const columns: Column<PostureCheck>[] = [
    { key: "check", head: "Check", cell: ({ label }) => label },
    { key: "looks", head: "Looks for", className: "said", cell: ({ looksFor }) => looksFor },
    { key: "found", head: "Found", align: "right", cell: ({ found, unseen }) => <Found found={found} unseen={unseen} /> },
    {
      key: "unseen",
      head: "Could not look",
      className: "said",
      cell: ({ unseen }) =>
        unseen.map(({ clusterId, reason, partly }) => (
          <p key={clusterId} className="tone-muted">
            <bdi>{nameOf(clusterId)}</bdi>
            {partly ? ", in part" : ""}: <bdi>{reason}</bdi>
          </p>
        )),
    },
  ];
  return <DataTable caption="All checks" className="checks" columns={columns} rows={view.checks} rowKey={({ rule }) => rule} />;
}

function Found({ found, unseen }: Pick<PostureCheck, "found" | "unseen">) {
  if (found > 0) return formatCount(found);
  if (unseen.some(({ partly }) => !partly)) return <span className="tone-faint">not known</span>;
  return <State tone="ok">none</State>;
}
