"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { SectionHead } from "@/components/ui/section";
import { State } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import { withdrawInvitation } from "@/lib/client/people";
import { limitWords } from "@/lib/domain/people/role-limits";
import type { InvitationView } from "@/lib/domain/views/people";
import { Until } from "./until";

/** Links that nobody has used yet. */
export function InvitationSection({ invitations }: { invitations: readonly InvitationView[] }) {
  const { mutate, isPending, error } = useMutation(withdrawInvitation(useQueryClient()));
  const columns = useMemo<Column<InvitationView>[]>(
    () => [
      {
        key: "kind",
        head: "Link",
        className: "name",
        cell: ({ kind, role }) => (kind === "reset" ? "new password" : `invitation as ${role}`),
      },
      { key: "reach", head: "Reaches", className: "reach", cell: ({ limits }) => <bdi>{limitWords(limits)}</bdi> },
      { key: "by", head: "Made by", cell: ({ createdBy }) => <bdi>{createdBy}</bdi> },
      { key: "until", head: "Works until", cell: ({ expiresAt }) => <Until at={expiresAt} /> },
      {
        key: "end",
        head: "",
        align: "right",
        cell: ({ id }) => (
          <Button kind="quiet" disabled={isPending} onClick={() => mutate(id)}>
            Take back
          </Button>
        ),
      },
    ],
    [mutate, isPending],
  );
  if (invitations.length === 0) return null;
  return (
    <>
      <SectionHead title="Open links" note="Each works once." />
      <DataTable caption="Open links, the latest first" columns={columns} rows={invitations} rowKey={({ id }) => id} />
      {error === null ? null : <State tone="danger">{error.message}</State>}
    </>
  );
}
