"use client";

import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useSyncExternalStore } from "react";
import { entered } from "@/lib/client/enter";
import { fetchJson } from "@/lib/client/fetch-json";
import { signedOut } from "@/lib/client/signed-out";
import type { AccountView } from "@/lib/domain/views/people";

const SignInDialog = lazy(() => import("./sign-in-dialog").then((module) => ({ default: module.SignInDialog })));

/** Asks for a sign-in over the page that is open, so that nothing on it is lost. */
export function SignedOut() {
  const reason = useSyncExternalStore(signedOut.subscribe, signedOut.current, () => null);
  const client = useQueryClient();
  useEffect(() => {
    if (reason === null) return;
    // Somebody may sign in again in another tab, or at the identity provider.
    const look = () =>
      void fetchJson<AccountView>("/api/account")
        .then(() => entered(client))
        .catch(() => undefined);
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [reason, client]);
  if (reason === null) return null;
  return (
    <Suspense fallback={null}>
      <SignInDialog reason={reason} onClose={signedOut.over} />
    </Suspense>
  );
}
