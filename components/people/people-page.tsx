"use client";

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { useActor } from "@/components/shell/use-actor";
import { Button } from "@/components/ui/button";
import { ErrorState, Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { WaitingFor } from "@/components/ui/skeleton";
import { DataTable } from "@/components/ui/table";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { ApiError } from "@/lib/client/fetch-json";
import { peopleList } from "@/lib/client/people";
import { formatCountOf } from "@/lib/domain/format";
import type { PersonView } from "@/lib/domain/views/people";
import { InvitationSection } from "./invitation-section";
import { personColumns } from "./person-columns";
import { TokenSection } from "./token-section";

const InviteDialog = lazy(() => import("./invite-dialog").then((module) => ({ default: module.InviteDialog })));
const PersonDialog = lazy(() => import("./person-dialog").then((module) => ({ default: module.PersonDialog })));

/** Who may enter, and with what: people, invitations, tokens. */
export function PeoplePage() {
  const { data, error, refetch } = useQuery(peopleList());
  const signIn = useActor()?.signIn;
  const [open, setOpen] = useState<"invite" | PersonView | null>(null);
  const columns = useMemo(() => personColumns(setOpen), []);
  const byPassword = signIn === "local" || signIn === "both";
  return (
    <>
      <PageTitle
        title="People"
        facts={data === undefined ? null : formatCountOf(data.people.length, "person", "people")}
        sentence="Who may enter this console, what each may do, and where they are signed in."
        actions={
          byPassword ? (
            <Button kind="primary" onClick={() => setOpen("invite")}>
              Invite
            </Button>
          ) : null
        }
      />
      {signIn === "off" ? (
        <Notice tone="info">This console has no sign-in: whoever reaches it on this machine operates it. SIGN_IN turns it on.</Notice>
      ) : null}
      {data === undefined && error !== null ? (
        <ErrorState
          title="The people could not be loaded"
          message={error.message}
          requestId={error instanceof ApiError ? error.requestId : null}
          onRetry={() => void refetch()}
        />
      ) : null}
      {data === undefined && error === null ? (
        <>
          <WaitingFor what="the people" />
          <TableSkeleton columns={columns} what="people" />
        </>
      ) : null}
      {data === undefined || data.people.length === 0 ? null : (
        <DataTable
          caption="People, by name"
          columns={columns}
          rows={data.people}
          rowKey={({ id }) => id}
          rowClass={({ disabledAt }) => (disabledAt === null ? undefined : "archived")}
        />
      )}
      {data === undefined ? null : <InvitationSection invitations={data.invitations} />}
      <TokenSection />
      <Suspense fallback={null}>
        {open === "invite" ? <InviteDialog onClose={() => setOpen(null)} /> : null}
        {open === null || open === "invite" ? null : <PersonDialog person={open} onClose={() => setOpen(null)} />}
      </Suspense>
    </>
  );
}
