"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { SignInForm } from "@/components/shell/sign-in-form";
import { ButtonLink } from "@/components/ui/button";
import { State } from "@/components/ui/state";
import { withBase } from "@/lib/client/base-path";
import { signInWays } from "@/lib/client/enter";
import { returnPath } from "@/lib/domain/people/return-path";
import { homeOf } from "@/lib/domain/people/roles";
import type { SignedInView } from "@/lib/domain/views/people";
import { Entrance } from "./entrance";

/** What single sign-on came back with, where it did not let anybody in. */
const PROBLEMS: Record<string, string> = {
  unauthenticated: "The identity provider’s answer was not accepted. Begin again.",
  forbidden: "Your account may not enter: none of its groups has a role here, or it is disabled. Ask an operator.",
  conflict: "Somebody here has your name already. Ask an operator.",
  precondition_failed:
    "The identity provider let you in without asking anew who you are, though it was told to. What you wanted to do asks for that: sign out there first.",
  unavailable: "The identity provider does not answer. Try again in a moment.",
};

export function SignInPage() {
  const { data: ways } = useQuery(signInWays());
  const [returnTo] = useQueryState("returnTo", parseAsString);
  const [problem] = useQueryState("problem", parseAsString);
  const target = returnPath(returnTo);
  // A whole load: nothing that was shown to somebody else stays in memory.
  const enter = ({ role }: SignedInView) => window.location.assign(withBase(target === "/" ? homeOf(role) : target));
  if (ways?.signIn === "off") {
    return (
      <Entrance title="No sign-in">
        <p className="tone-muted">This console has no sign-in: whoever reaches it on this machine operates it.</p>
        <ButtonLink kind="primary" href="/">
          Open the console
        </ButtonLink>
      </Entrance>
    );
  }
  return (
    <Entrance title="Sign in">
      {problem === null ? null : (
        <p role="alert">
          <State tone="danger">{PROBLEMS[problem] ?? "The sign-in failed. Begin again."}</State>
        </p>
      )}
      {ways?.empty && ways.signIn !== "sso" ? (
        <p className="tone-muted">
          Nobody can sign in yet. The server printed a link for the first operator when it started; it is in its log.
        </p>
      ) : null}
      <SignInForm returnTo={target} onEntered={enter} />
    </Entrance>
  );
}
