"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { NewPasswordField, newPasswordFault } from "@/components/shell/new-password-field";
import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { State } from "@/components/ui/state";
import { withBase } from "@/lib/client/base-path";
import { applyLink, linkAbout } from "@/lib/client/enter";
import { ApiError } from "@/lib/client/fetch-json";
import { paths } from "@/lib/domain/paths";
import { PersonName } from "@/lib/domain/people/person";
import { limitWords } from "@/lib/domain/people/role-limits";
import { homeOf, PERMISSIONS } from "@/lib/domain/people/roles";
import type { LinkView } from "@/lib/domain/views/people";
import { Entrance } from "./entrance";
import { useFragment } from "./use-fragment";

const TITLES: Record<LinkView["kind"], string> = {
  first: "Welcome",
  invitation: "You are invited",
  reset: "Set a new password",
};

/** Uses a one-time link: a name and a password, or a new password alone. Its token stands behind #, so that no server's log has it. */
export function LinkPage() {
  const token = useFragment();
  if (token === null) return <Entrance title="One moment">{null}</Entrance>;
  if (token === "") return <Broken message="It is not whole: the part behind # is missing. Copy it again, to its end." />;
  return <KnownLink key={token} token={token} />;
}

function KnownLink({ token }: { token: string }) {
  const { data: link, error } = useQuery(linkAbout(token));
  if (error !== null) return <Broken message={error.message} />;
  if (link === undefined) return <Entrance title="One moment">{null}</Entrance>;
  return (
    <Entrance title={TITLES[link.kind]}>
      <p className="tone-muted">{about(link)}</p>
      <LinkForm token={token} link={link} />
    </Entrance>
  );
}

function Broken({ message }: { message: string }) {
  return (
    <Entrance title="This link does not work">
      <p role="alert">
        <State tone="danger">{message}</State>
      </p>
      <ButtonLink href={paths.signIn()}>Sign in</ButtonLink>
    </Entrance>
  );
}

function about({ kind, role, limits, name }: LinkView): string {
  if (kind === "reset") return `For ${name ?? "your account"}. Everywhere you are signed in now, you will be signed out.`;
  const reach = limits === null ? "" : `, limited to ${limitWords(limits)}`;
  const whoever = kind === "first" ? "You are the first here, and make the account that lets others in" : "You make an account";
  const words = Object.values(PERMISSIONS)
    .filter(({ roles }) => (roles as readonly string[]).includes(role))
    .map((permission) => permission.words);
  return `${whoever}. Your role is ${role}${reach}: ${words.join("; ")}.`;
}

function LinkForm({ token, link }: { token: string; link: LinkView }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const mutation = useMutation(applyLink());
  const needsName = link.name === null;
  const nameFault = needsName && name !== "" ? faultOf(PersonName.safeParse(name)) : null;
  const ready = (!needsName || (name !== "" && nameFault === null)) && password !== "" && newPasswordFault(password) === null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const input = { token, password, ...(needsName ? { name } : {}) };
    mutation.mutate(input, { onSuccess: ({ role }) => window.location.assign(withBase(homeOf(role))) });
  };
  return (
    <form onSubmit={submit} method="post" className="sign-in">
      {needsName ? (
        <Field
          label="Name"
          name="username"
          autoComplete="username"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={120}
          hint="As the record of changes will show it: a user name or an e-mail address."
          problem={nameFault}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      ) : null}
      <NewPasswordField label="Password" value={password} onChange={setPassword} />
      {mutation.error === null ? null : (
        <p role="alert">
          <State tone="danger">{messageOf(mutation.error)}</State>
        </p>
      )}
      <Button type="submit" kind="primary" disabled={!ready || mutation.isPending}>
        {link.kind === "reset" ? "Set the password and sign in" : "Create the account"}
      </Button>
    </form>
  );
}

function faultOf(parsed: ReturnType<typeof PersonName.safeParse>): string | null {
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? null);
}

function messageOf(error: Error): string {
  return error instanceof ApiError && error.code === "conflict" ? `${error.message} Take another name.` : error.message;
}
