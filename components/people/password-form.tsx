"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SectionHead } from "@/components/ui/section";
import { State } from "@/components/ui/state";
import { changePassword } from "@/lib/client/people";
import { NewPassword } from "@/lib/domain/people/person";

/** Sets one's own password. */
export function PasswordForm() {
  const [present, setPresent] = useState("");
  const [next, setNext] = useState("");
  const mutation = useMutation(changePassword(useQueryClient()));
  const parsed = NewPassword.safeParse(next);
  const fault = next === "" || parsed.success ? null : (parsed.error.issues[0]?.message ?? null);
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
        <Field
          label="New password"
          type="password"
          autoComplete="new-password"
          maxLength={200}
          hint="At least 12 characters."
          problem={fault}
          value={next}
          onChange={(event) => setNext(event.target.value)}
        />
        {mutation.error === null ? null : (
          <p role="alert">
            <State tone="danger">{mutation.error.message}</State>
          </p>
        )}
        {mutation.isSuccess ? <State tone="ok">The password is changed.</State> : null}
        <div className="form-buttons">
          <Button type="submit" kind="primary" disabled={mutation.isPending || present === "" || !parsed.success}>
            Change the password
          </Button>
        </div>
      </form>
    </>
  );
}
