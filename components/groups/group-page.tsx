"use client";

import { useQuery } from "@tanstack/react-query";
import { CaughtUpWords } from "@/components/tenancy/caught-up-words";
import { GroupState } from "@/components/tenancy/group-columns";
import { OwnerWord } from "@/components/tenancy/owner-word";
import { PageFailed } from "@/components/tenancy/page-failed";
import { PartitionTable } from "@/components/tenancy/partition-table";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { SectionHead } from "@/components/ui/section";
import { Skeleton, WaitingFor } from "@/components/ui/skeleton";
import { useCarry } from "@/lib/client/address";
import { groupDetail } from "@/lib/client/groups";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { GroupDetail } from "@/lib/domain/views/lag";
import { AwsLagTable } from "./aws-lag-table";
import { GroupFigures } from "./group-figures";
import { MemberTable } from "./member-table";

function Facts({ group }: { group: GroupDetail }) {
  const carry = useCarry();
  return (
    <>
      <span>
        <GroupState group={group} />
      </span>
      <OwnerWord owner={group.owner} tenantHref={(id) => carry(paths.tenant(id))} />
      {group.coordinatorId === null ? null : <span>coordinated by broker {group.coordinatorId}</span>}
    </>
  );
}

function Positions({ group }: { group: GroupDetail }) {
  if (group.partitions.length > 0) {
    return <PartitionTable caption="Partitions of the group" partitions={group.partitions} withMembers={group.members !== null} />;
  }
  return <p className="tone-muted">{group.reason ?? "The group has not committed any offset."}</p>;
}

/** One group: how far it is behind in every sense, partition by partition, and who its members are. */
export function GroupPage({ clusterId, groupId }: { clusterId: string; groupId: string }) {
  const { data: group, error, refetch } = useQuery(groupDetail(clusterId, groupId));
  if (group === undefined) {
    if (error === null) return <Loading groupId={groupId} />;
    return (
      <PageFailed
        error={error}
        missing="There is no such group"
        failed="The group could not be loaded"
        onRetry={() => void refetch()}
        next={<ButtonLink href={paths.groups(clusterId)}>All groups</ButtonLink>}
      />
    );
  }
  return (
    <>
      <PageTitle title={group.groupId} facts={<Facts group={group} />} sentence={group.reason} />
      {error ? (
        <Notice tone="warn" onRetry={() => void refetch()}>
          Not renewed: {error.message} Shown is what was known before.
        </Notice>
      ) : null}
      {group.problems.map((problem) => (
        <Notice key={`${problem.operation} ${problem.message}`} tone="warn">
          {problem.message} {problem.remedy}
        </Notice>
      ))}
      <GroupFigures group={group} />
      {group.caughtUp === null ? null : (
        <section>
          <SectionHead title="Caught up in" note="backlog over what is read beyond what is written" />
          <p>
            <CaughtUpWords {...group.caughtUp} />
          </p>
        </section>
      )}
      {group.awsLag === undefined ? null : (
        <section>
          <SectionHead title="Lag as AWS tells it" note="CloudWatch, newest minute" />
          <AwsLagTable lags={group.awsLag} />
        </section>
      )}
      <section>
        <SectionHead title="Members" note={group.members === null ? "could not be read" : formatCountOf(group.members.length, "member")} />
        <MemberTable members={group.members} />
      </section>
      <section>
        <SectionHead title="Partitions" note="committed is read before the end, so lag is never negative" />
        <Positions group={group} />
      </section>
    </>
  );
}

function Loading({ groupId }: { groupId: string }) {
  return (
    <>
      <PageTitle title={groupId} />
      <WaitingFor what="the group" />
      <Skeleton height={72} />
      <Skeleton height={240} />
    </>
  );
}
