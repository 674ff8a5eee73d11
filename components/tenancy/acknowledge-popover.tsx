"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { Segments } from "@/components/ui/segments";
import { TextInput } from "@/components/ui/text-input";
import { formatClock } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import { acknowledge } from "@/lib/client/conditions";
import { isPostureRule } from "@/lib/domain/posture/rules";
import type { ConditionView } from "@/lib/domain/views/common";

const HOUR_MS = 3_600_000;
const SPANS = [
  { value: "1h", label: "1 h", ms: HOUR_MS },
  { value: "8h", label: "8 h", ms: 8 * HOUR_MS },
  { value: "1d", label: "1 day", ms: 24 * HOUR_MS },
  { value: "7d", label: "7 days", ms: 168 * HOUR_MS },
  { value: "4w", label: "4 weeks", ms: 672 * HOUR_MS },
] as const;
type Span = (typeof SPANS)[number]["value"];

/** What is wrong by construction takes weeks to change, and what is wrong by the hour must not be forgotten for as long. */
function spansOf(rule: string): (typeof SPANS)[number][] {
  const wanted: readonly Span[] = isPostureRule(rule) ? ["1d", "7d", "4w"] : ["1h", "8h", "1d", "7d"];
  return SPANS.filter(({ value }) => wanted.includes(value));
}

function spanMs(span: Span): number {
  return SPANS.find(({ value }) => value === span)?.ms ?? HOUR_MS;
}

/** The row goes from where it was once it is acknowledged; the focus must not go with it. */
function focusPage(): void {
  document.getElementById("main")?.focus({ preventScroll: true });
}

/** Asks why and until when a condition need not be told. */
export function AcknowledgePopover({ trigger, condition }: { trigger: ReactElement; condition: ConditionView }) {
  return (
    <Popover trigger={trigger} label={`Acknowledge: ${condition.label}`}>
      <AcknowledgeForm condition={condition} />
    </Popover>
  );
}

function AcknowledgeForm({ condition }: { condition: ConditionView }) {
  const [reason, setReason] = useState("");
  const [span, setSpan] = useState<Span>(isPostureRule(condition.rule) ? "7d" : "8h");
  const now = useNow();
  const mutation = useMutation(acknowledge(useQueryClient()));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const until = new Date(Date.now() + spanMs(span)).toISOString();
    mutation.mutate({ id: condition.id, until, reason: reason.trim() }, { onSuccess: focusPage });
  };
  return (
    <form className="acknowledge" onSubmit={submit}>
      <p>
        It stays true and visible, but asks nobody for attention until then. It ends with the condition: when it comes again, it asks again.
      </p>
      <label>
        Reason
        <span className="input">
          <TextInput required maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        </span>
      </label>
      <Segments label="How long" segments={spansOf(condition.rule)} value={span} onChange={setSpan} />
      <p className="tone-muted">Until {formatClock(now + spanMs(span), now)}</p>
      {mutation.error ? (
        <p className="tone-danger" role="alert">
          {mutation.error.message}
        </p>
      ) : null}
      <Button type="submit" kind="primary" disabled={mutation.isPending || reason.trim() === ""}>
        Acknowledge
      </Button>
    </form>
  );
}
