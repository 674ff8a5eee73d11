"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { EyeOff } from "lucide-react";
import { useActor } from "@/components/shell/use-actor";
import { Button, ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { Skeleton, WaitingFor } from "@/components/ui/skeleton";
import { State } from "@/components/ui/state";
import { useCarry } from "@/lib/client/address";
import { lookAtRecords, payloadAccess } from "@/lib/client/records";
import { AppError } from "@/lib/domain/errors";
import { paths } from "@/lib/domain/paths";
import { may } from "@/lib/domain/people/roles";
import type { TopicDetail } from "@/lib/domain/views/clusters";
import { LOOK_RECORDS_MAX } from "@/lib/domain/views/records";
import { RecordForm } from "./record-form";
import { RecordList } from "./record-list";

const ID = "records";

/** Records of the topic, where an operator allowed it: none is read until somebody asks. */
export function TopicRecords({ topic }: { topic: TopicDetail }) {
  return (
    <section aria-labelledby={ID}>
      <SectionHead id={ID} title="Records" />
      {topic.recordsClosed === null ? <IfAllowed topic={topic} /> : <p className="tone-muted">{topic.recordsClosed}</p>}
    </section>
  );
}

function IfAllowed({ topic }: { topic: TopicDetail }) {
  const { data: access, error, refetch } = useQuery(payloadAccess(topic.clusterId));
  if (access === undefined) {
    if (error === null) return <Skeleton height={28} />;
    return (
      <Notice tone="warn" onRetry={() => void refetch()}>
        Whether records may be looked at is not known: {error.message}
      </Notice>
    );
  }
  return access.allowed ? <Looks topic={topic} /> : <NotAllowed topic={topic} />;
}

function NotAllowed({ topic: { clusterId, clusterName } }: { topic: TopicDetail }) {
  const carry = useCarry();
  const actor = useActor();
  const maySwitch = actor !== undefined && may(actor.role, "operate") && actor.limited === null;
  return (
    <div className="looks">
      <p className="tone-muted">
        Records of {clusterName} are shown to nobody.{" "}
        {maySwitch
          ? "You can allow it for the cluster, with a reason."
          : "Operators whose role has no limits can allow it; ask one of them."}
      </p>
      <ButtonLink href={carry(paths.payloads(clusterId))}>{maySwitch ? "Allow it on the cluster’s page" : "The cluster’s page"}</ButtonLink>
    </div>
  );
}

function Looks({ topic: { clusterId, topic, partitions } }: { topic: TopicDetail }) {
  const look = useMutation(lookAtRecords(useQueryClient(), clusterId));
  const problems = look.error instanceof AppError ? look.error.details : [];
  return (
    <>
      <div className="looks">
        <Button disabled={look.isPending} onClick={() => look.mutate({ topic })}>
          Show newest records
        </Button>
        <RecordForm
          partitions={partitions}
          busy={look.isPending}
          problems={problems}
          onLook={(place) => look.mutate({ topic, ...place })}
        />
        {look.data === undefined ? null : (
          <Button kind="quiet" onClick={look.reset}>
            <EyeOff aria-hidden />
            Hide
          </Button>
        )}
      </div>
      <p className="tone-muted">Up to {LOOK_RECORDS_MAX} records. Each look is kept in the audit.</p>
      {look.isPending ? (
        <>
          <WaitingFor what="the records" />
          <Skeleton height={120} />
        </>
      ) : null}
      {look.error === null || problems.length > 0 ? null : (
        <p role="alert">
          <State tone="danger">{look.error.message}</State>
        </p>
      )}
      {look.data === undefined ? null : <RecordList view={look.data} />}
    </>
  );
}
