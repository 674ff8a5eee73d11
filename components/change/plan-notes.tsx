"use client";

import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { ToneIcon } from "@/components/ui/state";
import { useCarry } from "@/lib/client/address";
import type { LeftOut, PlanView, Refusal } from "@/lib/domain/change/plan";
import { formatCount } from "@/lib/domain/format";

function Way({ link }: { link: Refusal["link"] }) {
  const carry = useCarry();
  if (link === null) return null;
  return (
    <Link className="link" prefetch={false} href={carry(link.href)}>
      <bdi>{link.label}</bdi>
    </Link>
  );
}

/** Why a value cannot be had, below its input. */
export function RefusalWords({ refusal: { reason, wayOut, link } }: { refusal: Refusal }) {
  return (
    <p className="tone-danger">
      <bdi>
        {reason} {wayOut}
      </bdi>{" "}
      <Way link={link} />
    </p>
  );
}

/** Why it cannot be done, and the way out of each reason. */
export function Refusals({ refusals }: { refusals: readonly Refusal[] }) {
  if (refusals.length === 0) return null;
  return (
    <div className="refusals" role="status">
      {refusals.map((refusal) => (
        <p key={`${refusal.field} ${refusal.reason}`}>
          <span className="tone-danger">
            <ToneIcon tone="danger" />
          </span>
          <span>
            <bdi>
              <b>{refusal.reason}</b> {refusal.wayOut}
            </bdi>{" "}
            <Way link={refusal.link} />
          </span>
        </p>
      ))}
    </div>
  );
}

const LEFT_OUT_SHOWN = 20;

/** What the change leaves alone, each with its reason; the rest goes on. */
export function LeftOutList({ leftOut }: { leftOut: readonly LeftOut[] }) {
  if (leftOut.length === 0) return null;
  const more = leftOut.length - LEFT_OUT_SHOWN;
  return (
    <>
      <h3 className="plan-head">Left out</h3>
      <ul className="left-out">
        {leftOut.slice(0, LEFT_OUT_SHOWN).map(({ subject, reason, link }) => (
          <li key={`${subject} ${reason}`}>
            <bdi>
              <b>{subject}</b>
            </bdi>{" "}
            <bdi className="tone-muted">{reason}</bdi> <Way link={link} />
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="tone-muted">And {formatCount(more)} more.</p> : null}
    </>
  );
}

/** What could not be read for the plan: its consequences may be incomplete there. */
export function PlanProblems({ problems }: Pick<PlanView, "problems">) {
  return problems.map(({ operation, message, remedy, brokerId }) => (
    <Notice key={`${operation} ${brokerId ?? ""} ${message}`} tone="warn">
      <bdi>
        Not read: {message} {remedy}
      </bdi>
    </Notice>
  ));
}
