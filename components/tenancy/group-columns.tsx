import { Clipped } from "@/components/ui/clipped";
import { State } from "@/components/ui/state";
import type { Column } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatCount, formatDuration, formatPercent } from "@/lib/domain/format";
import { isAtLeast } from "@/lib/domain/observed";
import type { GroupSummary } from "@/lib/domain/views/lag";
import { LAG_WORDS, lagTone } from "./lag-value";
import { OwnerWord } from "./owner-word";
import { ObservedValue } from "./source-mark";

export type GroupColumn = Column<GroupSummary, string>;

const TYPE_WORDS: Record<GroupSummary["type"], string> = {
  classic: "classic",
  consumer: "KIP-848",
  share: "share",
  streams: "streams",
  unknown: "unknown type",
};

/** How a group is: the console's word with its tone, Kafka's own word and the kind of group behind it. */
export function GroupState({ group }: { group: Pick<GroupSummary, "state" | "kafkaState" | "type" | "reason"> }) {
  const tone = lagTone(group.state);
  const kafka = group.type === "classic" ? group.kafkaState : `${group.kafkaState}, ${TYPE_WORDS[group.type]}`;
  return (
    <span className="nowrap">
      {tone === null ? (
        <span title={group.reason ?? undefined}>{LAG_WORDS[group.state]}</span>
      ) : (
        <State tone={tone} {...(group.reason === null ? {} : { title: group.reason })}>
          {LAG_WORDS[group.state]}
        </State>
      )}{" "}
      <span className="tone-faint">{kafka}</span>
    </span>
  );
}

/** Topics a group commits to: the first by name, and how many more. */
function Reads({ topics }: { topics: readonly string[] }) {
  const [first] = topics;
  if (first === undefined) return <span className="tone-faint">no commits</span>;
  return (
    <span className="clip" title={topics.slice(0, 30).join("\n")}>
      <bdi>{first}</bdi>
      {topics.length > 1 ? <span className="tone-faint"> +{topics.length - 1}</span> : null}
    </span>
  );
}

function Lost({ group }: { group: GroupSummary }) {
  if (group.lostRecords === null) return <span className="tone-faint">unknown</span>;
  if (group.lostRecords > 0) return <span className="tone-danger">{formatCount(group.lostRecords)}</span>;
  return <span className="tone-faint">0</span>;
}

function Since({ group }: { group: GroupSummary }) {
  if (group.stuckSince !== null) {
    return (
      <span className="tone-danger nowrap">
        stuck since <Time at={group.stuckSince} />
      </span>
    );
  }
  if (group.commitsExpireAt === null) return null;
  return (
    <span className="tone-muted nowrap">
      commits until <Time at={group.commitsExpireAt} />
    </span>
  );
}

interface GroupColumnSetting {
  tenantHref: (tenantId: string) => string;
  without?: readonly ("cluster" | "owner")[];
}

/** The columns of a list of groups. The sort names are the server's. */
export function groupColumns({ tenantHref, without = [] }: GroupColumnSetting): GroupColumn[] {
  const columns: GroupColumn[] = [
    {
      key: "group",
      head: "Group",
      sort: "group",
      mono: true,
      className: "name",
      cell: ({ groupId }) => <Clipped text={groupId} />,
    },
    { key: "cluster", head: "Cluster", cell: ({ clusterId }) => clusterId },
    { key: "owner", head: "Owner", cell: ({ owner }) => <OwnerWord owner={owner} tenantHref={tenantHref} /> },
    { key: "state", head: "State", sort: "state", cell: (group) => <GroupState group={group} /> },
    { key: "reads", head: "Reads", mono: true, cell: ({ topics }) => <Reads topics={topics} /> },
    {
      key: "records",
      head: "Records behind",
      sort: "records",
      align: "right",
      cell: (group) => <ObservedValue observed={group.recordsBehind} format={formatCount} />,
    },
    {
      key: "time",
      head: "Time behind",
      sort: "time",
      align: "right",
      cell: (group) => <ObservedValue observed={group.timeBehindMs} format={formatDuration} />,
    },
    {
      key: "retention",
      head: "Of retention",
      align: "right",
      cell: ({ retentionShare, timeBehindMs }) =>
        retentionShare === null ? (
          <span className="tone-faint">unknown</span>
        ) : (
          `${isAtLeast(timeBehindMs) ? "≥ " : ""}${formatPercent(retentionShare)}`
        ),
    },
    { key: "lost", head: "Lost", align: "right", cell: (group) => <Lost group={group} /> },
    { key: "since", head: "Since", cell: (group) => <Since group={group} /> },
  ];
  return columns.filter(({ key }) => !without.some((one) => one === key));
}
