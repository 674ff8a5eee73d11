import Link from "next/link";
import type { Column } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/domain/format";
import type { ChangeSummary } from "@/lib/domain/views/changes";
import { ChangeStateWord, countList } from "./change-words";

const TENANTS_SHOWN = 2;

interface ColumnSetting {
  tenantHref: (tenantId: string) => string;
  changeHref: (changeId: number) => string;
}

function Tenants({ change: { tenantIds, tenantCount }, tenantHref }: { change: ChangeSummary } & Pick<ColumnSetting, "tenantHref">) {
  const shown = tenantIds.slice(0, TENANTS_SHOWN);
  const more = tenantCount - shown.length;
  if (tenantCount === 0) return null;
  return (
    <span className="nowrap" title={tenantIds.join(", ")}>
      {shown.map((id, index) => (
        <span key={id}>
          {index > 0 ? ", " : ""}
          <Link href={tenantHref(id)} prefetch={false} className="link above">
            {id}
          </Link>
        </span>
      ))}
      {more > 0 ? <span className="tone-muted"> and {formatCount(more)} more</span> : null}
    </span>
  );
}

/** A change that takes another back, or was taken back, says so. */
function Reverts({ change: { revertsId, revertedBy }, changeHref }: { change: ChangeSummary } & Pick<ColumnSetting, "changeHref">) {
  const [by] = revertedBy;
  if (revertsId === null && by === undefined) return null;
  const other = revertsId ?? by ?? 0;
  return (
    <span className="tone-muted">
      {" · "}
      {revertsId === null ? "taken back by " : "takes back "}
      <Link href={changeHref(other)} prefetch={false} className="link above">
        {other}
      </Link>
    </span>
  );
}

/** The columns of the record of changes: what, how it went, by whom, when, for whom, why. */
export function changeColumns({ tenantHref, changeHref }: ColumnSetting): Column<ChangeSummary, string>[] {
  return [
    { key: "title", head: "Change", className: "name", cell: ({ title }) => <bdi title={title}>{title}</bdi> },
    {
      key: "state",
      head: "Outcome",
      cell: (change) => (
        <span
          className="nowrap"
          title={
            change.message ??
            countList(change.operations)
              .map(({ words }) => words)
              .join(", ")
          }
        >
          <ChangeStateWord state={change.state} />
          <Reverts change={change} changeHref={changeHref} />
        </span>
      ),
    },
    { key: "actor", head: "Who", cell: ({ actor }) => <bdi>{actor}</bdi> },
    { key: "at", head: "When", cell: ({ at }) => <Time at={at} /> },
    { key: "tenants", head: "Tenants", cell: (change) => <Tenants change={change} tenantHref={tenantHref} /> },
    {
      key: "reason",
      head: "Reason",
      className: "reason",
      cell: ({ reason }) => (reason === null ? null : <bdi title={reason}>{reason}</bdi>),
    },
  ];
}
