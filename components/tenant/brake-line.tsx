"use client";

import Link from "next/link";
import { useState } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import { useMayPlan } from "@/components/tenancy/use-may-plan";
import { Button } from "@/components/ui/button";
import { State } from "@/components/ui/state";
import { formatClock, formatUtc } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import { useCarry } from "@/lib/client/address";
import { formatDuration } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { ConditionView } from "@/lib/domain/views/common";
import type { TenantDetail } from "@/lib/domain/views/tenants";

/** Whether a condition is told by the line below. */
export function isBrake({ rule }: Pick<ConditionView, "rule">): boolean {
  return rule === "brake.active" || rule === "brake.not-lifted";
}

/** The brake a tenant is under, or one that should have ended. */
export function brakeOf(conditions: readonly ConditionView[]): ConditionView | null {
  return conditions.find(isBrake) ?? null;
}

/** While a tenant is under a brake: how far and by whom, where the line above does not say it, how long still, and the way out of it. */
export function BrakeLine({ tenant }: { tenant: Pick<TenantDetail, "id" | "name" | "conditions" | "sentence"> }) {
  const [releasing, setReleasing] = useState(false);
  const mayPlan = useMayPlan();
  const carry = useCarry();
  const brake = brakeOf(tenant.conditions);
  // Once it is released the condition goes; the dialog that says so must stay.
  if (brake === null && !releasing) return null;
  const { until, changeId } = brake?.evidence ?? {};
  return (
    <>
      {brake === null ? null : (
        <div className="brake-line" role="status">
          <State tone={brake.severity}>{brake.label}</State>
          <span className="brake-words">
            {tenant.sentence.text.startsWith(brake.sentence) ? null : <bdi>{brake.sentence} </bdi>}
            {typeof until === "string" && brake.rule === "brake.active" ? <Countdown until={until} /> : null}
          </span>
          {typeof changeId === "number" ? (
            <Link className="link" prefetch={false} href={carry(paths.change(changeId))}>
              Change {changeId}
            </Link>
          ) : null}
          {mayPlan ? <Button onClick={() => setReleasing(true)}>Release</Button> : null}
        </div>
      )}
      {releasing ? (
        <ChangeDialog
          title={`Release the brake on ${tenant.name}`}
          request={{ kind: "brake-release", tenantId: tenant.id }}
          onClose={() => setReleasing(false)}
        />
      ) : null}
    </>
  );
}

/** What is left of it; the seconds are for the eye, and not read out each second. */
function Countdown({ until }: { until: string }) {
  const now = useNow();
  const untilMs = Date.parse(until);
  if (now === 0) return null;
  const left = untilMs - now;
  return (
    <time dateTime={until} title={formatUtc(untilMs)} aria-live="off" className="tone-muted">
      {left > 0 ? `Ends in ${formatDuration(left)}, at ${formatClock(untilMs, now)}.` : "It is being taken back."}
    </time>
  );
}
