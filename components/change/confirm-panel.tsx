"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { State } from "@/components/ui/state";
import { formatClock } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import { useCarry } from "@/lib/client/address";
import { ApiError } from "@/lib/client/fetch-json";
import { status } from "@/lib/client/status";
import type { PlanView } from "@/lib/domain/change/plan";
import { formatCountOf } from "@/lib/domain/format";
import { type Applying, hasMoved } from "./use-apply";

const REASON_MAX = 500;

interface ConfirmPanelProps {
  plan: PlanView | undefined;
  /** Whether `plan` is of what is given now. */
  current: boolean;
  validating: boolean;
  applying: Applying;
  onApply: () => void;
  /** Where cancelling leads; null: it stays on the page. */
  back: string | null;
  /** Why it cannot be applied although the plan can: something beside the request is wrong. */
  blocked?: string | null;
  onCancel: () => void;
}

/** Why, the name to type where data goes, and the button that says what it will do. */
export function ConfirmPanel(props: ConfirmPanelProps) {
  const { plan, current, validating, applying, onApply, back, blocked = null, onCancel } = props;
  const { confirmation, pending, error } = applying;
  const { reason, typed } = confirmation.value;
  const carry = useCarry();
  const { data: actor } = useQuery({ ...status(), select: (view) => view.actor });
  const role = actor?.role;
  const why = whyNot(plan, { current, reason, typed, role }) ?? (blocked === null ? null : { says: blocked });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (why === null && !pending) onApply();
  };
  const confirm = plan?.confirm;
  return (
    <form className="confirm" onSubmit={submit}>
      {plan === undefined ? null : <Means plan={plan} validating={validating} />}
      <Field
        label={confirm?.reasonRequired ? "Reason" : "Reason, if you like"}
        maxLength={REASON_MAX}
        value={reason}
        placeholder="Why, or a ticket"
        onChange={(event) => confirmation.set({ reason: event.target.value })}
      />
      {confirm?.typeName ? (
        <Field
          label={
            <>
              Data is lost. Type <code>{confirm.typeName}</code> to confirm
            </>
          }
          mono
          spellCheck={false}
          autoCapitalize="off"
          value={typed}
          onChange={(event) => confirmation.set({ typed: event.target.value })}
        />
      ) : null}
      <div className="confirm-buttons">
        <Button type="submit" kind="primary" disabled={why !== null || pending} aria-describedby="why-not">
          {pending ? "Applying" : plan !== undefined && plan.operations.length > 0 ? plan.title : "Apply"}
        </Button>
        {back === null ? (
          <Button kind="quiet" onClick={onCancel}>
            Cancel
          </Button>
        ) : (
          <Link className="button quiet" prefetch={false} href={carry(back)} onClick={onCancel}>
            Cancel
          </Link>
        )}
      </div>
      <p id="why-not" className="tone-muted">
        {pending ? null : why?.says}
      </p>
      {error === null ? null : <ApplyError error={error} />}
    </form>
  );
}

/** What stands between the person and the button; `says` null: it is to be seen elsewhere. null: nothing. */
function whyNot(
  plan: PlanView | undefined,
  given: { current: boolean; reason: string; typed: string; role: string | undefined },
): { says: string | null } | null {
  if (plan === undefined || !given.current) return { says: null };
  if (given.role !== undefined && given.role !== "operator") {
    return { says: `Only operators apply changes; you are signed in with the role “${given.role}”. The plan can be shown to one.` };
  }
  if (plan.refusals.length > 0) return { says: "Not possible as it is: the form says why." };
  if (plan.operations.length === 0) return { says: "There is nothing to change." };
  if (isRefusedByBrokers(plan)) return { says: "The brokers would refuse it." };
  if (plan.confirm.reasonRequired && given.reason.trim() === "") return { says: "A reason is needed: it stays on the record." };
  if (plan.confirm.typeName !== null && given.typed !== plan.confirm.typeName) return { says: null };
  return given.role === undefined ? { says: null } : null;
}

const REFUSED = new Set<string>(["invalid", "forbidden", "unsupported"]);

/** What a broker could not be asked is no refusal. */
function isRefusedByBrokers({ validation }: PlanView): boolean {
  return validation !== null && !validation.ok && validation.problems.some(({ code }) => REFUSED.has(code));
}

function Means({ plan, validating }: { plan: PlanView; validating: boolean }) {
  const now = useNow();
  if (plan.operations.length === 0) return null;
  const at = now === 0 ? "" : formatClock(Date.parse(plan.factsAt), now);
  return (
    <>
      <p className="tone-muted">
        <bdi>{capital(plan.means)}</bdi>. If a value has changed since {at}, nothing is written.
      </p>
      <Validation plan={plan} validating={validating} />
    </>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the brokers themselves said, in their own words. */
function Validation({ plan: { validation }, validating }: { plan: PlanView; validating: boolean }) {
  if (validation === null) return validating ? <p className="tone-muted">Asking the brokers.</p> : null;
  if (validation.ok) {
    return (
      <p>
        <State tone="ok">
          {validation.unasked === 0
            ? "The brokers would accept it."
            : `The brokers would accept what they were asked; ${formatCountOf(validation.unasked, "operation is", "operations are")} checked when carried out.`}
        </State>
      </p>
    );
  }
  return validation.problems.map(({ operation, message, remedy, resource }) => (
    <p key={`${operation} ${resource ?? ""} ${message}`} className="validation">
      <State tone={REFUSED.has(validation.problems[0]?.code ?? "") ? "danger" : "warn"}>The brokers say:</State>{" "}
      <bdi>
        {resource === undefined ? "" : `${resource}: `}
        {message} {remedy}
      </bdi>
    </p>
  ));
}

function ApplyError({ error }: { error: Error }) {
  const moved = hasMoved(error);
  const details = error instanceof ApiError ? error.details.filter(({ message }) => moved || !error.message.includes(message)) : [];
  return (
    <div className="apply-error" role="alert">
      <p>
        <State tone="danger">{moved ? "Nothing was written: this has changed meanwhile." : "It was not applied."}</State>{" "}
        {moved && details.length > 0 ? null : <bdi>{error.message}</bdi>}
      </p>
      {details.length === 0 ? null : (
        <ul>
          {details.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <bdi>
                {path === "" ? "" : `${path}: `}
                {message}
              </bdi>
            </li>
          ))}
        </ul>
      )}
      <p className="tone-muted">
        {moved
          ? "What you gave is kept. The plan on this page is new: look at it, and apply that if it is still right."
          : "What you gave is kept."}
        {error instanceof ApiError && error.requestId !== null ? (
          <>
            {" "}
            Request <code>{error.requestId}</code>.
          </>
        ) : null}
      </p>
    </div>
  );
}
