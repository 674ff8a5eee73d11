"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { State } from "@/components/ui/state";
import { changePerson, personSessions, resetPassword } from "@/lib/client/people";
import type { PersonView } from "@/lib/domain/views/people";
import { AccessFields, accessOf, draftOf } from "./access-fields";
import { HandedLinkBox } from "./handed-link";
import { SessionTable } from "./session-table";

/** What somebody may do, where they are signed in, and the ways to change either. */
export function PersonDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(draftOf(person));
  const change = useMutation(changePerson(client, person.id));
  const reset = useMutation(resetPassword(client, person.id));
  const { data: sessions } = useQuery(personSessions(person.id));
  const error = change.error ?? reset.error;
  const disabled = person.disabledAt !== null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(accessOf(draft), { onSuccess: onClose });
  };
  return (
    <Dialog open onClose={onClose} title={person.name}>
      <form className="people-form" onSubmit={submit}>
        {person.hasSso ? (
          <p className="tone-muted">
            The role is that of the groups at the identity provider, and comes anew with each sign-in. Limits stay as they are here.
          </p>
        ) : null}
        <AccessFields value={draft} onChange={setDraft} />
        {error === null ? null : (
          <p role="alert">
            <State tone="danger">{error.message}</State>
          </p>
        )}
        {disabled ? null : (
          <p className="tone-muted">
            Disabling signs them out everywhere at once. The invitations, links and tokens that they made end too, and stay ended when they
            are enabled again; so it is with a role that may no longer let others in.
          </p>
        )}
        <div className="form-buttons">
          <Button type="submit" kind="primary" disabled={change.isPending}>
            Save
          </Button>
          {person.hasPassword ? (
            <Button disabled={reset.isPending || disabled} onClick={() => reset.mutate()}>
              Make a link for a new password
            </Button>
          ) : null}
          <Button disabled={change.isPending} onClick={() => change.mutate({ disabled: !disabled }, { onSuccess: onClose })}>
            {disabled ? "Enable" : "Disable and sign out"}
          </Button>
        </div>
      </form>
      {reset.data === undefined ? null : <HandedLinkBox link={reset.data} whose={person.name} />}
      <h3 className="people-head">Signed in</h3>
      {sessions === undefined ? null : <SessionTable sessions={sessions.sessions} />}
    </Dialog>
  );
}
