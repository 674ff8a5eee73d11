"use client";

import { Button, ButtonAnchor } from "@/components/ui/button";
import { noisyMarkdown } from "@/lib/domain/noise/noisy-markdown";
import type { NoisyView } from "@/lib/domain/views/noisy";

/** What the page shows as Markdown: with all names, and for one tenant in a version that can be given to that customer. */
export function NoisyExport({ view, tenantId }: { view: NoisyView; tenantId: string | null }) {
  const address = typeof window === "undefined" ? "" : window.location.href;
  const name = tenantId === null ? null : nameIn(view, tenantId);
  return (
    <>
      <Save text={noisyMarkdown(view, { kind: "internal" }, address)} file="noisy-internal.md" label="Markdown, internal" />
      {tenantId === null || name === null ? null : (
        <Save
          text={noisyMarkdown(view, { kind: "forward", tenantId, tenantName: name }, address)}
          file={`${tenantId}-noise.md`}
          label="Markdown, safe to forward"
        />
      )}
      <Button onClick={() => window.print()}>Print</Button>
    </>
  );
}

function Save({ text, file, label }: { text: string; file: string; label: string }) {
  return (
    <ButtonAnchor href={`data:text/markdown;charset=utf-8,${encodeURIComponent(text)}`} download={file}>
      {label}
    </ButtonAnchor>
  );
}

function nameIn({ ranking, heat }: NoisyView, tenantId: string): string {
  return (
    ranking.find((row) => row.tenantId === tenantId)?.tenantName ?? heat.rows.find((row) => row.tenantId === tenantId)?.name ?? tenantId
  );
}
