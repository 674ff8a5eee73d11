"use client";

import Link from "next/link";
import { ModelWord } from "@/components/tenancy/model-word";
import { ButtonLink } from "@/components/ui/button";
import { SectionHead } from "@/components/ui/section";
import { type Column, DataTable } from "@/components/ui/table";
import { useCarry } from "@/lib/client/address";
import { formatPercent } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { NamePattern } from "@/lib/domain/placement";
import type { TenantDetail } from "@/lib/domain/views/tenants";

type Placed = TenantDetail["placements"][number];

function patternWords(pattern: NamePattern): string {
  if ("prefix" in pattern) return `${pattern.prefix}…`;
  if ("name" in pattern) return pattern.name;
  return "glob" in pattern ? pattern.glob : `/${pattern.expression}/`;
}

function Words({ words, none }: { words: readonly string[]; none: string }) {
  if (words.length === 0) return <span className="tone-faint">{none}</span>;
  return (
    <bdi className="clip" title={words.join("\n")}>
      {words.join(", ")}
    </bdi>
  );
}

function ClusterLink({ placement: { cluster, clusterName } }: { placement: Placed }) {
  const carry = useCarry();
  if (clusterName === null) return <span className="tone-warn">{cluster}, no connection</span>;
  return (
    <Link className="link above" prefetch={false} href={carry(paths.cluster(cluster))}>
      {clusterName}
    </Link>
  );
}

const COLUMNS: readonly Column<Placed, string>[] = [
  { key: "cluster", head: "Cluster", className: "name", cell: (placement) => <ClusterLink placement={placement} /> },
  { key: "model", head: "Model", cell: ({ model }) => <ModelWord model={model} /> },
  { key: "stream", head: "Stream", cell: ({ stream }) => stream },
  { key: "topics", head: "Topics", mono: true, cell: ({ topics }) => <Words words={topics.map(patternWords)} none="none" /> },
  { key: "groups", head: "Groups", mono: true, cell: ({ groups }) => <Words words={groups.map(patternWords)} none="by their topics" /> },
  {
    key: "principals",
    head: "Principals",
    mono: true,
    cell: ({ principals }) => <Words words={principals.map(({ name }) => name)} none="none" />,
  },
  {
    key: "share",
    head: "Share of promise",
    align: "right",
    cell: ({ share }) => (share === undefined ? "an even part" : formatPercent(share)),
  },
];

/** A pool's promise without a quota of the tenant's own in that direction. */
function isUnenforced({ placements, tier, produce, consume }: TenantDetail): boolean {
  const pools = placements.filter(({ model }) => model === "pool").map(({ cluster }) => cluster);
  const isFree = ({ buckets }: TenantDetail["produce"]): boolean =>
    pools.some((cluster) => !buckets.some(({ clusterId, quota }) => clusterId === cluster && quota !== null));
  return (tier.produceBytesPerSecond !== undefined && isFree(produce)) || (tier.consumeBytesPerSecond !== undefined && isFree(consume));
}

/** Where the tenant lives, and which names are its own there. "Bridge" is the AWS post's word for topics of one's own in a shared cluster. */
export function PlacementTable({ tenant }: { tenant: TenantDetail }) {
  const carry = useCarry();
  const bridge = tenant.placements.some(({ model }) => model === "bridge");
  return (
    <section>
      <SectionHead
        title="Placements"
        note={bridge ? "bridge: topics of its own in a cluster that it shares" : null}
        actions={
          <ButtonLink kind="quiet" href={carry(paths.isolation({ tenant: tenant.id }))}>
            Compare models
          </ButtonLink>
        }
      />
      {isUnenforced(tenant) ? (
        <p className="tone-muted">
          Its promise in the pool is enforced by your application, or by nobody: no quota of Kafka binds it there, and no capacity counts as
          kept free for it.
        </p>
      ) : null}
      {tenant.placements.length === 0 ? (
        <p className="tone-muted">The tenant is placed nowhere yet: nothing on any cluster is its own.</p>
      ) : (
        <DataTable
          caption="Placements"
          columns={COLUMNS}
          rows={tenant.placements}
          rowKey={({ cluster, model, stream }) => `${cluster} ${model} ${stream}`}
        />
      )}
    </section>
  );
}
