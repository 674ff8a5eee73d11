"use client";

import { ErrorState } from "@/components/ui/notice";

/** Without the top bar: this code is loaded with every page, and what failed may have been the bar. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main">
      <ErrorState
        isPage
        title="This page could not be shown"
        message="The console met an error while drawing it. The other pages still work."
        requestId={error.digest ?? null}
        onRetry={reset}
      />
    </main>
  );
}
