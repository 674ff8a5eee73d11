import { Clipped } from "@/components/ui/clipped";
import { type Column, DataTable } from "@/components/ui/table";
import type { GroupDetail } from "@/lib/domain/views/lag";

type Member = NonNullable<GroupDetail["members"]>[number];

function Assigned({ assigned }: Pick<Member, "assigned">) {
  if (assigned.length === 0) return <span className="tone-faint">nothing</span>;
  const words = assigned.map(({ topic, partitions }) => `${topic}: ${partitions.join(", ")}`);
  return (
    <bdi className="clip" title={words.join("\n")}>
      {words.join(" · ")}
    </bdi>
  );
}

const COLUMNS: readonly Column<Member, string>[] = [
  {
    key: "client",
    head: "Client-id",
    mono: true,
    className: "name",
    cell: ({ clientId }) => <Clipped text={clientId} />,
  },
  { key: "host", head: "Host", mono: true, cell: ({ host }) => <bdi>{host}</bdi> },
  {
    key: "instance",
    head: "Static id",
    mono: true,
    cell: ({ instanceId }) => (instanceId === null ? <span className="tone-faint">none</span> : <bdi>{instanceId}</bdi>),
  },
  { key: "assigned", head: "Assigned", mono: true, cell: ({ assigned }) => <Assigned assigned={assigned} /> },
  {
    key: "member",
    head: "Member id",
    mono: true,
    cell: ({ memberId }) => <Clipped text={memberId} />,
  },
];

/** Who is in the group and what each reads; null: the members could not be read. */
export function MemberTable({ members }: { members: readonly Member[] | null }) {
  if (members === null) return <p className="tone-muted">The members could not be read; the reason is above.</p>;
  if (members.length === 0) return <p className="tone-muted">Nobody is in the group now.</p>;
  return <DataTable caption="Members" columns={COLUMNS} rows={members} rowKey={({ memberId }) => memberId} />;
}
