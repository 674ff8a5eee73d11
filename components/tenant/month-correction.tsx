"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { correctMonth } from "@/lib/client/usage";
import type { MonthUse } from "@/lib/domain/usage/month";
import { draftOfMonth, MONTH_FIELDS, readMonthDraft } from "./month-draft";

interface MonthCorrectionProps {
  tenantId: string;
  month: string;
  /** As it stands in force now. */
  use: MonthUse;
  onClose: () => void;
}

/** Adds a correction to a closed month. Nothing that stands there is changed: the new entry counts, with its reason and its author. */
export function MonthCorrection({ tenantId, month, use, onClose }: MonthCorrectionProps) {
  return (
    <Dialog open onClose={onClose} title={`Correct ${month}`} className="dialog month-correction">
      <CorrectionForm tenantId={tenantId} month={month} use={use} onClose={onClose} />
    </Dialog>
  );
}

function CorrectionForm({ tenantId, month, use, onClose }: MonthCorrectionProps) {
  const [draft, setDraft] = useState(() => draftOfMonth(use));
  const [reason, setReason] = useState("");
  const mutation = useMutation(correctMonth(useQueryClient(), tenantId));
  const read = readMonthDraft(draft);
  const before = draftOfMonth(use);
  const isChanged = MONTH_FIELDS.some(([field]) => draft[field].trim() !== before[field]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (read.use !== null) mutation.mutate({ month, use: read.use, reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit}>
      <p>What stands there stays on record. What is given here counts instead from now on; an empty field is not known.</p>
      <div className="field-pair">
        {MONTH_FIELDS.map(([field, label, kind]) => (
          <Field
            key={field}
            label={kind === "minutes" && field !== "minutesSeen" ? `${label}, minutes` : label}
            inputMode={kind === "minutes" ? "numeric" : "text"}
            maxLength={30}
            value={draft[field]}
            problem={read.problems[field] ?? null}
            onChange={(event) => setDraft({ ...draft, [field]: event.target.value })}
          />
        ))}
      </div>
      <Field
        label="Reason"
        required
        maxLength={500}
        value={reason}
        hint="Kept with your name, and shown with the entry."
        onChange={(event) => setReason(event.target.value)}
      />
      {mutation.error === null ? null : (
        <p className="tone-danger" role="alert">
          {mutation.error.message}
        </p>
      )}
      <div className="dialog-actions">
        <Button type="submit" kind="primary" disabled={mutation.isPending || !isChanged || read.use === null || reason.trim() === ""}>
          Add the correction
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
