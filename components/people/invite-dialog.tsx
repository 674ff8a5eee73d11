"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { State } from "@/components/ui/state";
import { invitePerson } from "@/lib/client/people";
import { type AccessDraft, AccessFields, accessOf } from "./access-fields";
import { HandedLinkBox } from "./handed-link";

const EMPTY: AccessDraft = { role: "support", tenants: "", tiers: "", clusters: "" };

/** Makes a link by which somebody enters for the first time. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState(EMPTY);
  const mutation = useMutation(invitePerson(useQueryClient()));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutation.mutate(accessOf(draft));
  };
  return (
    <Dialog open onClose={onClose} title="Invite somebody">
      {mutation.data === undefined ? (
        <form className="people-form" onSubmit={submit}>
          <AccessFields value={draft} onChange={setDraft} />
          {mutation.error === null ? null : (
            <p role="alert">
              <State tone="danger">{mutation.error.message}</State>
            </p>
          )}
          <div className="form-buttons">
            <Button type="submit" kind="primary" disabled={mutation.isPending}>
              Make an invitation
            </Button>
          </div>
        </form>
      ) : (
        <HandedLinkBox link={mutation.data} whose="whom you invite" />
      )}
    </Dialog>
  );
}
