"use client";

import { useEffect, useState } from "react";
import { FORM_WORDS } from "@/components/change/form-words";
import { MessageSizeForm } from "@/components/change/message-size-form";
import { RetentionForm } from "@/components/change/retention-form";
import type { Prefill } from "@/components/change/tenant-change";
import type { TopicTarget } from "@/components/change/topic-target";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCountOf } from "@/lib/domain/format";
import { paths, type BulkChange as What } from "@/lib/domain/paths";
import { BulkQuotaForm } from "./bulk-quota-form";
import { type BulkScope, scopeOf } from "./bulk-scope";
import { BulkTierForm } from "./bulk-tier-form";

interface BulkChangeProps {
  what: What;
  /** What the address names. */
  given: { ids?: string; kept?: string; filter?: string };
  prefill: Prefill;
}

/** A form for many tenants at once: those that were chosen in the list, or all that a filter finds. */
export function BulkChange({ what, given, prefill }: BulkChangeProps) {
  const [scope, setScope] = useState<BulkScope | null | undefined>(undefined);
  const { ids, kept, filter } = given;
  useEffect(() => {
    setScope(
      scopeOf(
        {
          ...(ids === undefined ? {} : { ids }),
          ...(kept === undefined ? {} : { kept }),
          ...(filter === undefined ? {} : { filter }),
        },
        window.sessionStorage,
      ),
    );
  }, [ids, kept, filter]);
  const { title, sentence } = FORM_WORDS[what];
  if (scope === null) {
    return (
      <EmptyState isPage title="Nobody is chosen" next={<ButtonLink href={paths.tenants()}>All tenants</ButtonLink>}>
        The address names no tenants that this tab knows. A long choice is kept in the tab in which it was made.
      </EmptyState>
    );
  }
  return (
    <>
      <PageTitle title={title} facts={scope === undefined ? <Skeleton width={180} /> : <Whose scope={scope} />} sentence={sentence} />
      {scope === undefined ? null : <Form what={what} scope={scope} prefill={prefill} draftKey={keyOf(what, given, prefill)} />}
    </>
  );
}

/** What the address brings is part of it: another link is another draft. */
function keyOf(what: What, { ids, kept, filter }: BulkChangeProps["given"], { value, consume, percent, size }: Prefill): string {
  const brought = [value, consume, percent, size].filter((text) => text !== "");
  return [`/tenants/change/${what}`, filter ?? kept ?? ids ?? "", ...brought].join(" ");
}

function Whose({ scope }: { scope: BulkScope }) {
  if ("tenantIds" in scope) return <span>{formatCountOf(scope.tenantIds.length, "chosen tenant")}</span>;
  if (scope.filter === "") return <span>all tenants</span>;
  return (
    <span>
      all tenants that match <code>{scope.filter}</code>
    </span>
  );
}

function Form({ what, scope, prefill, draftKey }: { what: What; scope: BulkScope; prefill: Prefill; draftKey: string }) {
  const back = "filter" in scope ? paths.tenants(scope.filter === "" ? {} : { q: scope.filter }) : paths.tenants();
  const { value, consume, percent, size, reason } = prefill;
  const given = { draftKey, reason, back };
  switch (what) {
    case "quota":
      return (
        <BulkQuotaForm
          scope={scope}
          values={{ produceBytesPerSecond: value, consumeBytesPerSecond: consume, requestPercent: percent }}
          {...given}
        />
      );
    case "tier":
      return <BulkTierForm scope={scope} tierId={value} {...given} />;
    case "retention":
      return <RetentionForm target={manyTopics(scope)} value={value} size={size} {...given} />;
    case "message-size":
      return <MessageSizeForm target={manyTopics(scope)} value={value} {...given} />;
  }
}

/** The own topics of many tenants: what they have now differs, so the plan says it topic by topic. */
function manyTopics(scope: BulkScope): TopicTarget {
  return { scope, topics: null, lastRead: () => null, hasTier: true, overrides: [], standing: null, ready: true };
}
