"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsBoolean, useQueryState } from "nuqs";
import { PageFailed } from "@/components/tenancy/page-failed";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { SectionHead } from "@/components/ui/section";
import { Skeleton, WaitingFor } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { useCarry } from "@/lib/client/address";
import { changeDetail } from "@/lib/client/changes";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { ChangeDetail } from "@/lib/domain/views/changes";
import { AppliedOperations } from "./applied-operations";
import { ChangeAbout } from "./change-about";
import { ChangeActions } from "./change-actions";
import { ChangeProgress } from "./change-progress";
import { ChangeStateWord } from "./change-words";
import { ClassChips, ConsequenceList } from "./consequence-list";
import { LeftOutList } from "./plan-notes";
import { RevertForm } from "./revert-form";
import { SameForTier } from "./same-for-tier";
import { UnitTable } from "./unit-table";
import { useRenewal } from "./use-renewal";

/** One change: how far it is, what became of each operation, what it was told would happen, and the way back. */
export function ChangePage({ changeId }: { changeId: number }) {
  const { data: change, error, refetch } = useQuery(changeDetail(changeId));
  const [reverting, setReverting] = useQueryState("revert", parseAsBoolean.withDefault(false));
  useRenewal(change);
  if (change === undefined) {
    return error === null ? <Loading changeId={changeId} /> : <Failed changeId={changeId} error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <PageTitle
        title={change.title}
        facts={<Facts change={change} />}
        sentence={<bdi>{change.message ?? sentenceOf(change)}</bdi>}
        actions={<ChangeActions change={change} reverting={reverting} onRevert={() => void setReverting(!reverting || null)} />}
      />
      {error === null ? null : (
        <Notice tone="warn" onRetry={() => void refetch()}>
          Not renewed: {error.message} Shown is what was known before.
        </Notice>
      )}
      {reverting && change.revert.possible ? <RevertForm change={change} /> : null}
      <ChangeProgress change={change} />
      {change.units > 1 ? <UnitTable change={change} /> : null}
      <AppliedOperations change={change} />
      <section className="prose-wide wraps-head" aria-labelledby="told">
        <SectionHead id="told" title="What was expected to happen" actions={<ClassChips consequences={change.consequences} />} />
        {change.consequences.length === 0 ? <p className="tone-muted">Nothing.</p> : <ConsequenceList consequences={change.consequences} />}
        <LeftOutList leftOut={change.leftOut} />
      </section>
      <ChangeAbout change={change} />
    </>
  );
}

function Facts({ change: { kind, request, state, actor, at, tenantIds, tenantCount, clusterIds } }: { change: ChangeDetail }) {
  const carry = useCarry();
  const shown = tenantIds.slice(0, 3);
  const [only] = tenantCount === 1 ? tenantIds : [];
  return (
    <>
      <ChangeStateWord state={state} />
      <span>
        by <bdi>{actor}</bdi>
      </span>
      <Time at={at} />
      {shown.map((id) => (
        <Link key={id} className="link" prefetch={false} href={carry(paths.tenant(id))}>
          {id}
        </Link>
      ))}
      {tenantCount > shown.length ? <span>and {formatCountOf(tenantCount - shown.length, "more tenant")}</span> : null}
      {clusterIds.map((id) => (
        <Link key={id} className="link" prefetch={false} href={carry(paths.cluster(id))}>
          {id}
        </Link>
      ))}
      {only === undefined ? null : <SameForTier tenantId={only} what={kind} request={request} />}
    </>
  );
}

const SENTENCES: Record<ChangeDetail["state"], string> = {
  waiting: "It is stored and has not begun.",
  running: "It is being carried out. It goes on when this page is closed, and after a restart.",
  paused: "It stands still until somebody lets it go on.",
  cancelling: "It ends after the operations under way; what was applied stays.",
  applied: "Every value was written, read back and seen.",
  partly: "Some operations were applied and some were not.",
  failed: "Nothing of it was applied.",
  unverified: "Every value was written; not all were seen again in time. The brokers may still take them over.",
  cancelled: "It was ended before all of it was done.",
};

function sentenceOf({ state }: ChangeDetail): string {
  return SENTENCES[state];
}

function Loading({ changeId }: { changeId: number }) {
  return (
    <>
      <PageTitle title={`Change ${changeId}`} />
      <WaitingFor what="the change" />
      <Skeleton height={40} />
      <Skeleton height={200} />
    </>
  );
}

function Failed({ changeId, error, onRetry }: { changeId: number; error: Error; onRetry: () => void }) {
  return (
    <PageFailed
      error={error}
      missing="There is no such change"
      missingMessage={`No change has the number ${changeId}.`}
      failed="The change could not be loaded"
      onRetry={onRetry}
      next={<ButtonLink href={paths.changes()}>All changes</ButtonLink>}
    />
  );
}
