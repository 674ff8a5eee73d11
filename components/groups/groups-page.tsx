"use client";

import { GroupList } from "./group-list";
import { GroupPage } from "./group-page";

/** The groups of a cluster, or the one the address names. */
export function GroupsPage({ clusterId, groupId }: { clusterId: string; groupId: string | null }) {
  return groupId === null ? <GroupList clusterId={clusterId} /> : <GroupPage clusterId={clusterId} groupId={groupId} />;
}
