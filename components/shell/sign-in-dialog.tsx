"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Dialog } from "@/components/ui/dialog";
import { entered } from "@/lib/client/enter";
import { SignInForm } from "./sign-in-form";
import { useActor } from "./use-actor";

/** The sign-in over a page. Closing it leaves the page as it is; whatever is asked for next brings it back. */
export function SignInDialog({ reason, onClose }: { reason: string; onClose: () => void }) {
  const client = useQueryClient();
  const actor = useActor();
  return (
    <Dialog open onClose={onClose} title="Sign in to go on">
      <p className="tone-muted">{reason} What you typed stays as it is.</p>
      <SignInForm name={actor?.name ?? ""} returnTo={null} onEntered={() => void entered(client)} />
    </Dialog>
  );
}
