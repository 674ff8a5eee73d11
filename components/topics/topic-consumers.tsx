"use client";

import { OwnerWord } from "@/components/tenancy/owner-word";
import { ObservedValue } from "@/components/tenancy/source-mark";
import { Clipped } from "@/components/ui/clipped";
import { SectionHead } from "@/components/ui/section";
import { type Column, DataTable } from "@/components/ui/table";
import { useCarry } from "@/lib/client/address";
import { formatCount, formatDuration } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { TopicDetail } from "@/lib/domain/views/clusters";

type Consumer = TopicDetail["consumers"][number];

function columnsOf(tenantHref: (id: string) => string): Column<Consumer, string>[] {
  return [
    {
      key: "group",
      head: "Group",
      mono: true,
      className: "name",
      cell: ({ groupId }) => <Clipped text={groupId} />,
    },
    { key: "owner", head: "Owner", cell: ({ owner }) => <OwnerWord owner={owner} tenantHref={tenantHref} /> },
    { key: "state", head: "State", cell: ({ kafkaState, type }) => `${kafkaState}, ${type}` },
    { key: "partitions", head: "Partitions", align: "right", cell: ({ partitions }) => formatCount(partitions.length) },
    {
      key: "records",
      head: "Records behind",
      align: "right",
      cell: ({ recordsBehind }) => <ObservedValue observed={recordsBehind} format={formatCount} />,
    },
    {
      key: "time",
      head: "Time behind",
      align: "right",
      cell: ({ timeBehindMs }) => <ObservedValue observed={timeBehindMs} format={formatDuration} />,
    },
    {
      key: "lost",
      head: "Lost",
      align: "right",
      cell: ({ lostRecords }) => <span className={lostRecords > 0 ? "tone-danger" : "tone-faint"}>{formatCount(lostRecords)}</span>,
    },
  ];
}

/** The groups that commit to the topic. Readers that commit elsewhere are not seen, and that is said. */
export function TopicConsumers({ topic }: { topic: TopicDetail }) {
  const carry = useCarry();
  return (
    <section>
      <SectionHead title="Consumers" note="groups that commit to Kafka; readers that keep their offsets elsewhere are not seen" />
      {topic.consumers.length === 0 ? (
        <p className="tone-muted">No group has committed an offset of this topic.</p>
      ) : (
        <DataTable
          caption="Consumer groups of the topic"
          columns={columnsOf((id) => carry(paths.tenant(id)))}
          rows={topic.consumers}
          rowKey={({ groupId }) => groupId}
          rowHref={({ groupId }) => carry(paths.group(topic.clusterId, groupId))}
        />
      )}
    </section>
  );
}
