"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { State } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { endSession } from "@/lib/client/people";
import type { SessionView } from "@/lib/domain/views/people";

const METHODS: Record<SessionView["method"], string> = { password: "password", link: "one-time link", sso: "single sign-on" };

/** Where somebody is signed in; each can be ended from here. */
export function SessionTable({ sessions }: { sessions: readonly SessionView[] }) {
  const { mutate, isPending, error } = useMutation(endSession(useQueryClient()));
  const columns = useMemo<Column<SessionView>[]>(
    () => [
      {
        key: "with",
        head: "With",
        className: "name",
        cell: ({ userAgent, own }) => (
          <span className="agent" title={userAgent ?? undefined}>
            <bdi>{agentWords(userAgent)}</bdi>
            {own ? <span className="tone-muted"> this one</span> : null}
          </span>
        ),
      },
      { key: "from", head: "From", mono: true, cell: ({ address }) => <bdi>{address}</bdi> },
      { key: "by", head: "By", cell: ({ method }) => METHODS[method] },
      { key: "since", head: "Since", cell: ({ createdAt }) => <Time at={createdAt} /> },
      { key: "seen", head: "Last seen", cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
      {
        key: "end",
        head: "",
        align: "right",
        cell: ({ id, userAgent, address }) => (
          <Button
            kind="quiet"
            disabled={isPending}
            aria-label={`End the session of ${agentWords(userAgent)} at ${address}`}
            onClick={() => mutate(id)}
          >
            End
          </Button>
        ),
      },
    ],
    [mutate, isPending],
  );
  if (sessions.length === 0) return <p className="tone-muted">Nowhere.</p>;
  return (
    <>
      <DataTable caption="Sessions, the latest first" columns={columns} rows={sessions} rowKey={({ id }) => id} />
      {error === null ? null : <State tone="danger">{error.message}</State>}
    </>
  );
}

/** "Firefox on Linux", as far as a browser says; else its own words. */
function agentWords(agent: string | null): string {
  if (agent === null) return "unknown";
  const browser = /(Edg|Firefox|Chrome|Safari)/.exec(agent)?.[1]?.replace("Edg", "Edge");
  const system = /(Windows|Mac OS|Android|iPhone|Linux)/.exec(agent)?.[1];
  return browser === undefined ? agent.slice(0, 40) : system === undefined ? browser : `${browser} on ${system}`;
}
