"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { Skeleton, WaitingFor } from "@/components/ui/skeleton";
import { formatClock } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import type { PlanView, Refusal } from "@/lib/domain/change/plan";
import type { ChangeRequest } from "@/lib/domain/change/request";
import { formatCountOf } from "@/lib/domain/format";
import { ClassChips, ConsequenceList } from "./consequence-list";
import { OperationTable } from "./operation-table";
import { PlanDecision } from "./plan-decision";
import { LeftOutList, PlanProblems, Refusals } from "./plan-notes";
import { useApply } from "./use-apply";
import { type Planned, usePlan } from "./use-plan";
import { useRollout } from "./use-rollout";

/** What the inputs and the list of operations of a form are drawn from. */
export interface Look {
  /** The last plan there is. Before anything is given it is the plan of how things are, for its scale and its marks. */
  plan: PlanView | undefined;
  /** Whether something is given, so that the plan says what would become of it. */
  given: boolean;
  /** Not possible here whatever is given; the reason is shown. */
  disabled: boolean;
  /** Why a part of the request cannot be had, by its name in the request. */
  refusalOf: (field: string) => Refusal | null;
}

export interface ChangeFormProps {
  /** Names the draft: the address of the form. */
  draftKey: string;
  /** What is given; null: nothing, or nothing that can be read. */
  request: ChangeRequest | null;
  /** What is planned meanwhile, to show how things are: a request that changes little or nothing. */
  baseline: ChangeRequest | null;
  /** Parts of the request that have an input of their own, which says why it cannot be had. */
  fields?: readonly string[];
  /** The inputs, and what they draw. */
  inputs: (look: Look) => ReactNode;
  /** More to see of the plan, below what happens. */
  below?: (look: Look) => ReactNode;
  /** Operations in the form's own way; else they are listed. */
  operations?: (look: Look) => ReactNode;
  /** Takes a request that avoids a consequence into the inputs. */
  onInstead?: (request: ChangeRequest) => void;
  /** The page it came from. */
  back: string;
  /** A reason that the address brings. */
  reason?: string;
  /** Why nothing can be changed here whatever is given, where no plan has to be asked for it. */
  standing?: Refusal | null;
  /** Whether the inputs' own draft is back; nothing is planned before. */
  ready?: boolean;
  /** Forgets the inputs' draft. */
  onDone: () => void;
}

/**
 * The frame of every change: the inputs and what follows from them at the left, the operations, the reason and the button at the right.
 * It plans while something is given, applies the plan that is shown, and goes to the change.
 */
export function ChangeForm(props: ChangeFormProps) {
  const { draftKey, request, baseline, fields = [], inputs, below, operations, onInstead, back, reason = "", onDone } = props;
  const { standing = null, ready = true } = props;
  const planned = usePlan(ready ? (request ?? baseline) : null, request !== null);
  const { plan, readAgain } = planned;
  const rollout = useRollout(draftKey, request === null ? undefined : plan);
  const forget = () => {
    rollout.draft.drop();
    onDone();
  };
  const applying = useApply({ draftKey, reason, rollout: rollout.options, onStored: forget, onMoved: readAgain });
  const given = request !== null;
  const shown = given && planned.current ? plan : undefined;
  const look: Look = {
    plan,
    given,
    disabled: standing !== null || (!given && isImpossible(plan, fields)),
    refusalOf: (field) => shown?.refusals.find((one) => one.field === field) ?? null,
  };
  const others = plan?.refusals.filter(({ field }) => field === null || !fields.includes(field)) ?? [];
  const refusals = given || look.disabled ? others : [];
  const cancel = () => {
    applying.confirmation.drop();
    forget();
  };
  return (
    <div className="change-split">
      <div className="change-left">
        <Refusals refusals={standing === null ? refusals : [standing, ...refusals]} />
        {inputs(look)}
        <WhatHappens planned={planned} given={given} asked={given || baseline !== null} disabled={look.disabled} onInstead={onInstead} />
        {below?.(look)}
      </div>
      <aside className="change-right" aria-label="Operations and confirmation">
        <SectionHead title="Operations" note={given ? countWords(plan) : null} />
        {operations?.(look) ?? (given && plan !== undefined ? <Operations plan={plan} /> : null)}
        <PlanDecision request={request} plan={plan} planned={planned} rollout={rollout} applying={applying} back={back} onCancel={cancel} />
      </aside>
    </div>
  );
}

/** A refusal that is about no value which can be given, where nothing could be planned: no input helps. */
function isImpossible(plan: PlanView | undefined, fields: readonly string[]): boolean {
  if (plan === undefined || plan.operations.length > 0) return false;
  return plan.refusals.some(({ field }) => field === null || !fields.includes(field));
}

function countWords(plan: PlanView | undefined): string | null {
  if (plan === undefined || plan.operations.length === 0) return null;
  const { operations, tenants } = plan.counts;
  return tenants > 1
    ? `${formatCountOf(operations, "operation")} for ${formatCountOf(tenants, "tenant")}`
    : formatCountOf(operations, "operation");
}

function Operations({ plan }: { plan: PlanView }) {
  if (plan.operations.length === 0) return <p className="tone-muted">None.</p>;
  return <OperationTable operations={plan.operations} total={plan.counts.operations} caption="Operations of this change" />;
}

interface WhatHappensProps {
  planned: Planned;
  given: boolean;
  /** Whether anything is planned; else nothing is on its way. */
  asked: boolean;
  /** Nothing can be given here. */
  disabled?: boolean;
  onInstead: ChangeFormProps["onInstead"];
}

/** What follows from the plan, worst first, with when the live state was read and how to read it again. */
export function WhatHappens({ planned, given, asked, disabled = false, onInstead }: WhatHappensProps) {
  const { plan, current, error, readAgain } = planned;
  const now = useNow();
  const at = plan === undefined || now === 0 ? null : formatClock(Date.parse(plan.factsAt), now);
  return (
    <section className="what-happens" aria-labelledby="what-happens" data-stale={given && !current ? "" : undefined}>
      <SectionHead
        id="what-happens"
        title="What happens"
        note={
          at === null ? null : (
            <>
              from the live state, {at}{" "}
              <Button kind="quiet" className="inline" onClick={readAgain}>
                Read again
              </Button>
            </>
          )
        }
        actions={given && plan !== undefined ? <ClassChips consequences={plan.consequences} /> : null}
      />
      <p className="visually-hidden" role="status">
        {given && current && plan !== undefined ? heard(plan) : ""}
      </p>
      {error === null ? null : (
        <Notice tone="danger" onRetry={readAgain}>
          <bdi>It could not be planned: {error.message}</bdi>
        </Notice>
      )}
      {plan === undefined && error === null && asked ? <Waiting /> : null}
      {plan === undefined ? null : <PlanProblems problems={plan.problems} />}
      {given || disabled || (asked && plan === undefined) ? null : (
        <p className="tone-muted">Give a value to see what follows from it. Nothing is written until you apply.</p>
      )}
      {given && plan !== undefined ? <ConsequenceList consequences={plan.consequences} onInstead={onInstead} /> : null}
      {(given || disabled) && plan !== undefined ? <LeftOutList leftOut={plan.leftOut} /> : null}
    </section>
  );
}

/** What a screen reader hears of a new plan: the worst, and how much there is. */
function heard({ consequences, refusals }: PlanView): string {
  const [refusal] = refusals;
  if (refusal !== undefined) return `Not possible: ${refusal.reason}`;
  const [worst] = consequences;
  return worst === undefined ? "" : `${formatCountOf(consequences.length, "consequence")}. ${worst.sentence}`;
}

function Waiting() {
  return (
    <>
      <WaitingFor what="the live state of its topics and quotas" />
      <Skeleton width="86%" />
      <Skeleton width="64%" />
    </>
  );
}
