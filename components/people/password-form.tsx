"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { NewPasswordField, newPasswordFault } from "@/components/shell/new-password-field";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SectionHead } from "@/components/ui/section";
import { State } from "@/components/ui/state";
import { changePassword } from "@/lib/client/people";

/** Sets one's own password. */
export function PasswordForm() {
  const [present, setPresent] = useState("");
  const [next, setNext] = useState("");
  const mutation = useMutation(changePassword(useQueryClient()));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const emptied = () => {
      setPresent("");
      setNext("");
    };
    mutation.mutate({ present, next }, { onSuccess: emptied });
  };
  return (
    <>
      <SectionHead title="Password" note="A new one signs you out everywhere else." />
      <form className="people-form narrow" onSubmit={submit} method="post">
        <Field
          label="Present password"
          type="password"
          autoComplete="current-password"
          maxLength={200}
          value={present}
          onChange={(event) => setPresent(event.target.value)}
        />
        <NewPasswordField label="New password" value={next} onChange={setNext} />
        {mutation.error === null ? null : (
          <p role="alert">
            <State tone="danger">{mutation.error.message}</State>
          </p>
        )}
        {mutation.isSuccess ? <State tone="ok">The password is changed.</State> : null}
        <div className="form-buttons">
          <Button
            type="submit"
            kind="primary"
            disabled={mutation.isPending || present === "" || next === "" || newPasswordFault(next) !== null}
          >
            Change the password
          </Button>
        </div>
      </form>
    </>
  );
}
