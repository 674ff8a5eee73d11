"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { Button, ButtonAnchor } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { fetchText } from "@/lib/client/fetch-json";
import { advice, adviceMarkdownPath } from "@/lib/client/isolation";
import type { AdviceView } from "@/lib/domain/views/advice";
import { AdviceAnswer } from "./advice-answer";
import { NeedsForm } from "./needs-form";

/** Which model fits what a tenant needs. The answers stand in the address, so that it can go into a ticket. */
export function AdvisorSection({ tenantId }: { tenantId: string | null }) {
  const [needs, setNeeds] = useQueryState("needs", parseAsString.withOptions({ history: "replace", clearOnDefault: false }));
  const { data, error, refetch } = useQuery(advice(needs, tenantId));
  return (
    <section aria-labelledby="advisor" className="advisor">
      <SectionHead
        id="advisor"
        title="Which model fits"
        note={data === undefined ? null : noteOf(data)}
        actions={
          data === undefined ? null : (
            <AdviceActions href={adviceMarkdownPath(needs, tenantId)} onReset={needs === null ? null : () => void setNeeds(null)} />
          )
        }
      />
      {error === null ? null : (
        <Notice tone="warn" onRetry={() => void refetch()}>
          {error.message}
        </Notice>
      )}
      {data === undefined ? (
        error === null ? (
          <Skeleton height={280} />
        ) : (
          <Button onClick={() => void setNeeds(null)}>Begin anew</Button>
        )
      ) : (
        <div className="advisor-pair">
          <NeedsForm needs={needs ?? data.needs} onChange={(text) => void setNeeds(text)} />
          <AdviceAnswer advice={data} />
        </div>
      )}
    </section>
  );
}

function noteOf({ tenant, source }: AdviceView): string | null {
  if (tenant === null) return null;
  return source === "stored"
    ? `what ${tenant.name} is declared to need, at its rates of now`
    : `for ${tenant.name}, with other needs than declared`;
}

function AdviceActions({ href, onReset }: { href: string; onReset: (() => void) | null }) {
  return (
    <>
      {onReset === null ? null : (
        <Button kind="quiet" onClick={onReset}>
          Begin anew
        </Button>
      )}
      <CopyButton text={() => fetchText(href)} what="the advice" label="Copy as Markdown" />
      <ButtonAnchor kind="quiet" href={href} download="isolation-advice.md">
        Export Markdown
      </ButtonAnchor>
    </>
  );
}
