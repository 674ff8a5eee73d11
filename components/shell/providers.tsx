"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { TipHost } from "@/components/ui/tip-host";
import { makeQueryClient } from "@/lib/client/query-client";
import type { ActorView } from "@/lib/domain/views/clusters";
import { FirstActor } from "./first-actor";
import { Keys } from "./keys";

interface ProvidersProps {
  nonce: string | undefined;
  actor: ActorView | undefined;
  children: ReactNode;
}

/** What every page stands on: who it is for, theme, address state, answers kept from the API, keys and tooltips. */
export function Providers({ nonce, actor, children }: ProvidersProps) {
  const [client] = useState(makeQueryClient);
  return (
    <ThemeProvider
      attribute="data-theme"
      defaultTheme="system"
      enableColorScheme={false}
      disableTransitionOnChange
      {...(nonce === undefined ? {} : { nonce })}
    >
      <NuqsAdapter>
        <QueryClientProvider client={client}>
          <FirstActor value={actor}>
            <Keys>{children}</Keys>
          </FirstActor>
          <TipHost />
        </QueryClientProvider>
      </NuqsAdapter>
    </ThemeProvider>
  );
}
