"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button, ButtonAnchor } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { State } from "@/components/ui/state";
import { useHydrated } from "@/components/ui/use-hydrated";
import { signIn, signInWays, ssoPath } from "@/lib/client/enter";
import type { SignedInView } from "@/lib/domain/views/people";

interface SignInFormProps {
  /** Who was signed in here; "": nobody is known. */
  name?: string;
  /** Where single sign-on comes back to; null: it opens beside this page, which stays. */
  returnTo: string | null;
  onEntered: (person: SignedInView) => void;
}

/** Name and password, the button of the identity provider, or both, as this console is set up. */
export function SignInForm({ name = "", returnTo, onEntered }: SignInFormProps) {
  const { data: ways, error } = useQuery(signInWays());
  if (error !== null) return <State tone="danger">{error.message}</State>;
  if (ways === undefined) return null;
  const byPassword = ways.signIn === "local" || ways.signIn === "both";
  return (
    <div className="sign-in">
      {byPassword ? <PasswordForm known={name} onEntered={onEntered} /> : null}
      {byPassword && ways.ssoLabel !== null ? <p className="tone-muted">or</p> : null}
      {ways.ssoLabel === null ? null : (
        <ButtonAnchor
          kind={byPassword ? "plain" : "primary"}
          href={ssoPath(returnTo ?? "/account")}
          {...(returnTo === null ? { target: "_blank", rel: "noopener" } : {})}
        >
          Continue with {ways.ssoLabel}
        </ButtonAnchor>
      )}
    </div>
  );
}

function PasswordForm({ known, onEntered }: { known: string; onEntered: (person: SignedInView) => void }) {
  const [name, setName] = useState(known);
  const [password, setPassword] = useState("");
  const hydrated = useHydrated();
  const mutation = useMutation(signIn(useQueryClient()));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutation.mutate({ name, password }, { onSuccess: onEntered });
  };
  return (
    <form onSubmit={submit} method="post">
      <Field
        label="Name"
        name="username"
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        required
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        autoFocus={known !== ""}
        required
        maxLength={200}
        value={password}
        problem={mutation.error?.message ?? null}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" kind="primary" disabled={!hydrated || mutation.isPending || name === "" || password === ""}>
        {mutation.isPending ? "Signing in" : "Sign in"}
      </Button>
    </form>
  );
}
