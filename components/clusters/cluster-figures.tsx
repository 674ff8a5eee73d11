import Link from "next/link";
import { ObservedMark } from "@/components/tenancy/source-mark";
import { Figure, Figures } from "@/components/ui/figures";
import { useCarry } from "@/lib/client/address";
import { formatByteRate, formatBytes, formatCount, formatCountOf } from "@/lib/domain/format";
import type { Observed } from "@/lib/domain/observed";
import { paths } from "@/lib/domain/paths";
import type { ClusterDetail } from "@/lib/domain/views/clusters";

function words(observed: Observed<number>, format: (value: number) => string): string {
  if (observed.source === "unavailable") return "unknown";
  return `${observed.atLeast ? "≥ " : ""}${format(observed.value)}`;
}

/** Key figures of a cluster; a count that is not known says so. */
export function ClusterFigures({ cluster }: { cluster: ClusterDetail }) {
  const carry = useCarry();
  const count = (value: number | null): string => (value === null ? "unknown" : formatCount(value));
  const down = (cluster.brokersKnown ?? 0) - (cluster.brokersAlive ?? 0);
  const unowned = (value: number | null, what: string, href: string) =>
    value === null || value === 0 ? null : (
      <Link className="link" prefetch={false} href={carry(href)}>
        {formatCountOf(value, `unowned ${what}`)}
      </Link>
    );
  return (
    <Figures>
      <Figure
        label="Brokers"
        value={count(cluster.brokersAlive)}
        tone={down > 0 ? "danger" : null}
        notes={[down > 0 ? `of ${count(cluster.brokersKnown)}` : "all that were ever seen"]}
      />
      <Figure
        label="Topics"
        value={count(cluster.topics)}
        notes={[
          `${count(cluster.partitions)} partitions`,
          unowned(cluster.unownedTopics, "topic", paths.topics(cluster.id, { owner: "unowned" })),
        ]}
      />
      <Figure
        label="Groups"
        value={count(cluster.groups)}
        notes={[unowned(cluster.unownedGroups, "group", paths.groups(cluster.id, { owner: "unowned" }))]}
      />
      <Figure
        label="Produce"
        mark={<ObservedMark observed={cluster.bytesInPerSecond} />}
        value={words(cluster.bytesInPerSecond, formatByteRate)}
      />
      <Figure
        label="Consume"
        mark={<ObservedMark observed={cluster.bytesOutPerSecond} />}
        value={words(cluster.bytesOutPerSecond, formatByteRate)}
      />
      <Figure
        label="Storage"
        mark={<ObservedMark observed={cluster.storageBytes} />}
        value={words(cluster.storageBytes, formatBytes)}
        notes={["one copy"]}
      />
    </Figures>
  );
}
