"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { TipHost } from "@/components/ui/tip-host";
import { makeQueryClient } from "@/lib/client/query-client";
import { Keys } from "./keys";

/** What every page stands on: theme, address state, answers kept from the API, keys and tooltips. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
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
          <Keys>{children}</Keys>
          <TipHost />
        </QueryClientProvider>
      </NuqsAdapter>
    </ThemeProvider>
  );
}
