"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Clipped } from "@/components/ui/clipped";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { State } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { checkConnection } from "@/lib/client/clusters";
import { formatMilliseconds } from "@/lib/domain/format";
import type { ConnectionCheckView } from "@/lib/domain/views/clusters";

type Address = ConnectionCheckView["addresses"][number];

function Outcome({ problem }: { problem: Address["problem"] }) {
  if (problem === undefined) return <State tone="ok">signed in</State>;
  return (
    <State tone="danger" {...(problem.remedy === undefined ? {} : { title: problem.remedy })}>
      <bdi>{problem.message}</bdi>
    </State>
  );
}

const COLUMNS: readonly Column<Address>[] = [
  { key: "address", head: "Address", mono: true, className: "name", cell: ({ address }) => <Clipped text={address} /> },
  { key: "took", head: "Took", align: "right", cell: ({ tookMs }) => formatMilliseconds(tookMs) },
  { key: "outcome", head: "Outcome", className: "wraps", cell: ({ problem }) => <Outcome problem={problem} /> },
];

/** Tries the way to the brokers anew: the addresses that were given, and those that the brokers themselves advertise. */
export function ConnectionCheck({ clusterId }: { clusterId: string }) {
  const { data, error, isPending, mutate } = useMutation({ mutationFn: () => checkConnection(clusterId) });
  return (
    <section aria-labelledby="connection">
      <SectionHead
        id="connection"
        title="The way to the brokers"
        note={data === undefined ? "bootstrap addresses, and those that brokers advertise" : <Time at={data.at} />}
      />
      <p>
        <Button disabled={isPending} onClick={() => mutate()}>
          {isPending ? "Trying" : data === undefined ? "Try it" : "Try again"}
        </Button>
      </p>
      {error ? (
        <Notice tone="warn" onRetry={() => mutate()}>
          {error.message}
        </Notice>
      ) : null}
      {data === undefined ? null : (
        <DataTable caption="Addresses that were tried" columns={COLUMNS} rows={data.addresses} rowKey={({ address }) => address} />
      )}
    </section>
  );
}
