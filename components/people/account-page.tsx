"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { SectionHead } from "@/components/ui/section";
import { WaitingFor } from "@/components/ui/skeleton";
import { account } from "@/lib/client/people";
import { limitWords } from "@/lib/domain/people/role-limits";
import { PasswordForm } from "./password-form";
import { SessionTable } from "./session-table";

/** Who one is here, one's password, and where one is signed in. */
export function AccountPage() {
  const { data, error, refetch } = useQuery(account());
  if (data === undefined) {
    if (error !== null)
      return <ErrorState isPage title="The account could not be loaded" message={error.message} onRetry={() => void refetch()} />;
    return (
      <>
        <PageTitle title="Account" />
        <WaitingFor what="the account" />
      </>
    );
  }
  return (
    <>
      <PageTitle title={data.name} facts={data.role} sentence={`Reaches ${limitWords(data.limits)}.`} />
      {data.kind === "person" ? (
        <>
          <SectionHead title="Signed in" note="End what you do not know." />
          <SessionTable sessions={data.sessions} />
          {data.hasPassword ? <PasswordForm /> : null}
        </>
      ) : (
        <p className="tone-muted">This console has no sign-in: whoever reaches it on this machine operates it.</p>
      )}
    </>
  );
}
