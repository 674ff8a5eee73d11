"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { ChangeOutcome } from "@/components/change/change-dialog";
import { ConfirmPanel } from "@/components/change/confirm-panel";
import { ConsequenceList } from "@/components/change/consequence-list";
import { LeftOutList, Refusals } from "@/components/change/plan-notes";
import { useApply } from "@/components/change/use-apply";
import { usePlan } from "@/components/change/use-plan";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { ClosablePopover } from "@/components/ui/popover";
import { Segments } from "@/components/ui/segments";
import { WaitingFor } from "@/components/ui/skeleton";
import { tenantDetail } from "@/lib/client/tenants";
import { formatSetRate, formatSpan } from "@/lib/domain/format";
import type { TenantDetail } from "@/lib/domain/views/tenants";
import {
  type BrakeBases,
  type BrakeDraft,
  brakeBases,
  brakeRequest,
  type Cap,
  capProblem,
  capsOf,
  directionsOf,
  firstDraft,
  MINUTES,
  type Ways,
} from "./brake-request";

const WAYS: readonly { value: Ways; label: string }[] = [
  { value: "both", label: "Both" },
  { value: "produce", label: "Produce" },
  { value: "consume", label: "Consume" },
];
const CAPS: readonly { value: Cap; label: string }[] = [
  { value: "half", label: "Half" },
  { value: "quarter", label: "A quarter" },
  { value: "typed", label: "Other" },
];
const SPANS = MINUTES.map((minutes) => ({ value: String(minutes), label: formatSpan(minutes * 60_000) }));

/** The brake: planned as it opens, so that the second click applies it. */
export function BrakePopover({ trigger, tenantId, onClosed }: { trigger: ReactElement; tenantId: string; onClosed: () => void }) {
  return (
    <ClosablePopover trigger={trigger} label="Brake" onClosed={onClosed}>
      {(close) => <Brake tenantId={tenantId} onClose={close} />}
    </ClosablePopover>
  );
}

function Brake({ tenantId, onClose }: { tenantId: string; onClose: () => void }) {
  const { data: tenant } = useQuery(tenantDetail(tenantId));
  const [changeId, setChangeId] = useState<number | null>(null);
  if (changeId !== null) return <ChangeOutcome changeId={changeId} onClose={onClose} />;
  return tenant === undefined ? <WaitingFor what="the tenant" /> : <BrakeForm tenant={tenant} onStored={setChangeId} onClose={onClose} />;
}

interface BrakeFormProps {
  tenant: TenantDetail;
  onStored: (changeId: number) => void;
  onClose: () => void;
}

function BrakeForm({ tenant, onStored, onClose }: BrakeFormProps) {
  // Rates move while one chooses; what half is of was so as the popover opened.
  const [bases] = useState(() => brakeBases(tenant));
  const [draft, setDraft] = useState(() => firstDraft(bases));
  const set = (changes: Partial<BrakeDraft>) => setDraft((now) => ({ ...now, ...changes }));
  const request = brakeRequest(tenant.id, draft, bases);
  const planned = usePlan(request, false);
  const plan = request === null ? undefined : planned.plan;
  const applying = useApply({
    draftKey: `brake ${tenant.id}`,
    reason: "",
    rollout: undefined,
    onStored: ({ id }) => onStored(id),
    onMoved: planned.readAgain,
    stays: true,
  });
  return (
    <div className="brake">
      <p>Holds {tenant.name} back on each broker for some time, and takes itself back.</p>
      <Choice label="Direction">
        <Segments label="Direction" segments={WAYS} value={draft.ways} onChange={(ways) => set({ ways })} />
      </Choice>
      <Choice label="To">
        <Segments label="Cap" segments={CAPS} value={draft.cap} onChange={(cap) => set({ cap })} />
      </Choice>
      {draft.cap === "typed" ? (
        <Field
          label="On each broker"
          placeholder="such as 500 kB/s"
          maxLength={60}
          value={draft.text}
          problem={capProblem(draft)}
          onChange={(event) => set({ text: event.target.value })}
        />
      ) : (
        <CapWords draft={draft} bases={bases} />
      )}
      <Choice label="For">
        <Segments label="How long" segments={SPANS} value={String(draft.minutes)} onChange={(text) => set({ minutes: Number(text) })} />
      </Choice>
      {planned.error === null ? null : (
        <Notice tone="danger" onRetry={planned.readAgain}>
          <bdi>It could not be planned: {planned.error.message}</bdi>
        </Notice>
      )}
      {request !== null && plan === undefined && planned.error === null ? <WaitingFor what="its quotas and rates" /> : null}
      {plan === undefined ? null : (
        <div data-stale={planned.current ? undefined : ""}>
          <Refusals refusals={plan.refusals} />
          <ConsequenceList consequences={plan.consequences} />
          <LeftOutList leftOut={plan.leftOut} />
        </div>
      )}
      <ConfirmPanel
        plan={plan}
        current={planned.current}
        validating={false}
        applying={applying}
        onApply={() => request !== null && plan !== undefined && applying.apply(request, plan)}
        back={null}
        onCancel={onClose}
      />
    </div>
  );
}

function Choice({ label, children }: { label: string; children: ReactElement }) {
  return (
    <div className="choice">
      <span aria-hidden>{label}</span>
      {children}
    </div>
  );
}

/** What the share comes to: "50 kB/s a broker to produce, half of its quota". */
function CapWords({ draft, bases }: { draft: BrakeDraft; bases: BrakeBases }) {
  const caps = capsOf(draft, bases);
  const part = draft.cap === "half" ? "half" : "a quarter";
  return directionsOf(draft.ways).map((direction) => {
    const cap = caps[direction];
    const base = bases[direction];
    return (
      <p key={direction} className="tone-muted">
        {cap === undefined || base === null
          ? `To ${direction} it has no quota and no rate that is known: give a rate, or leave it out.`
          : `${formatSetRate(cap)} a broker to ${direction}: ${part} of ${base.of === "quota" ? "its quota" : "what its busiest broker sees now"}`}
      </p>
    );
  });
}
