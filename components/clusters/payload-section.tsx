"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { useActor } from "@/components/shell/use-actor";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { State } from "@/components/ui/state";
import { Time } from "@/components/ui/time";
import { payloadAccess, switchPayloads } from "@/lib/client/records";
import { may } from "@/lib/domain/people/roles";
import { LOOK_RECORDS_MAX, type PayloadAccess } from "@/lib/domain/views/records";

const ID = "payloads";

/** Whether records of the cluster may be looked at, who said so, and for an operator without limits the switch. */
export function PayloadSection({ clusterId }: { clusterId: string }) {
  const { data: access, error, refetch } = useQuery(payloadAccess(clusterId));
  useEffect(() => {
    // The section was not there yet when the browser looked for it.
    if (window.location.hash === `#${ID}`) document.getElementById(ID)?.scrollIntoView();
  }, []);
  return (
    <section aria-labelledby={ID}>
      <SectionHead id={ID} title="Record payloads" />
      {access === undefined && error === null ? <Skeleton height={60} /> : null}
      {error === null ? null : (
        <Notice tone="warn" onRetry={() => void refetch()}>
          {access === undefined ? "Whether records may be looked at is not known:" : "Not renewed:"} {error.message}
        </Notice>
      )}
      {access === undefined ? null : <Access access={access} />}
    </section>
  );
}

function Access({ access }: { access: PayloadAccess }) {
  const actor = useActor();
  const maySwitch = actor !== undefined && may(actor.role, "operate") && actor.limited === null;
  return (
    <div className="payloads">
      <p>
        {access.allowed ? (
          <State tone="warn">Records of this cluster may be looked at</State>
        ) : (
          <State tone="ok">Records of this cluster are shown to nobody</State>
        )}
      </p>
      <p className="tone-muted">
        Where it is allowed, support and operators see keys, headers and values of up to {LOOK_RECORDS_MAX} records at a time, on a topic’s
        page. Whoever is limited sees records only of topics that belong to one tenant within. Each look is kept in the audit before
        anything is read.
      </p>
      {maySwitch ? (
        <SwitchForm key={String(access.allowed)} access={access} />
      ) : (
        <p className="tone-muted">Operators whose role has no limits can change it.</p>
      )}
      {access.switches.length === 0 ? null : (
        <ul>
          {access.switches.map(({ allowed, by, at, reason }) => (
            <li key={`${at} ${allowed}`}>
              {allowed ? "Allowed" : "Taken back"} <Time at={at} /> by <bdi>{by}</bdi>: <bdi>{reason}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function SwitchForm({ access: { clusterId, allowed } }: { access: PayloadAccess }) {
  const [reason, setReason] = useState("");
  const mutation = useMutation(switchPayloads(useQueryClient(), clusterId));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutation.mutate({ allowed: !allowed, reason: reason.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Field
        label="Reason"
        maxLength={500}
        required
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        hint={allowed ? "Kept with your name." : "Kept with your name. It asks for a sign-in of the last minutes."}
      />
      {mutation.error === null ? null : (
        <p role="alert">
          <State tone="danger">{mutation.error.message}</State>
        </p>
      )}
      <Button type="submit" kind={allowed ? "primary" : "plain"} disabled={mutation.isPending || reason.trim() === ""}>
        {allowed ? "Take it back" : "Allow looking at records"}
      </Button>
    </form>
  );
}
