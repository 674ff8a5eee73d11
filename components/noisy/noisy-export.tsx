"use client";

import { Button, ButtonAnchor } from "@/components/ui/button";
import type { HistoryRange } from "@/lib/client/history-range";
import { type NoisyQuery, noisyMarkdownPath } from "@/lib/client/noisy";

/** What the page shows as Markdown: with all names, and for one tenant in a version that can be given to that customer. */
export function NoisyExport({ query, range }: { query: NoisyQuery; range: HistoryRange }) {
  return (
    <>
      <ButtonAnchor href={noisyMarkdownPath(query, range, "internal")} download="noisy-internal.md">
        Markdown, internal
      </ButtonAnchor>
      {query.tenant === null ? null : (
        <ButtonAnchor href={noisyMarkdownPath(query, range, "forward")} download={`${query.tenant}-noise.md`}>
          Markdown, safe to forward
        </ButtonAnchor>
      )}
      <Button onClick={() => window.print()}>Print</Button>
    </>
  );
}
