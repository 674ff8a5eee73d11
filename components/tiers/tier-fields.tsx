"use client";

import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Segments } from "@/components/ui/segments";
import type { PlanView } from "@/lib/domain/change/plan";
import { MODELS } from "@/lib/domain/isolation";
import type { TierDraft, TierField, TierProblems } from "./tier-draft";

interface Group {
  title: string;
  /** What the values of the group are for. */
  note: string;
  fields: readonly [field: TierField, label: string, placeholder: string][];
}

const GROUPS: readonly Group[] = [
  {
    title: "Promise",
    note: "to a tenant as a whole; quotas follow from it. Empty: nothing is promised, and no quota is set.",
    fields: [
      ["produce", "Produce", "such as 20 MB/s"],
      ["consume", "Consume", "such as 40 MB/s"],
      ["requestPercent", "Request share of a thread", "such as 100 %"],
      ["skew", "Skew allowance", "1.25"],
      ["lagObjective", "Lag objective", "such as 5 min"],
      ["storage", "Storage included, one copy", "such as 500 GB"],
      ["price", "Price a month", "such as 890"],
    ],
  },
  {
    title: "Defaults and bounds",
    note: "what its tenants’ topics get, and how far each may be changed. Empty: whatever the cluster has, and no bound.",
    fields: [
      ["retention", "Retention", "such as 3 days"],
      ["retentionMax", "Retention, at most", "such as 14 days"],
      ["size", "Message size", "such as 1 MiB"],
      ["sizeMax", "Message size, at most", "such as 4 MiB"],
      ["partitionsPerTopic", "Partitions of a topic, at most", "such as 12"],
      ["partitionsTotal", "Partitions in all, at most", "such as 48"],
    ],
  },
];

/** Parts of the request by field, to show a refusal where its value was given. */
const REQUEST_FIELDS: Partial<Record<string, TierField>> = {
  "tier.retentionMs.default": "retention",
  "tier.maxMessageBytes.default": "size",
};

/** What stands against the values that were given, by field. */
export function refusedFields(plan: PlanView | undefined): TierProblems {
  const problems: TierProblems = {};
  for (const { field, reason, wayOut } of plan?.refusals ?? []) {
    const input = field === null ? undefined : REQUEST_FIELDS[field];
    if (input !== undefined) problems[input] = `${reason} ${wayOut}`;
  }
  return problems;
}

const MODEL_SEGMENTS = MODELS.map((value) => ({ value, label: value }));

interface TierFieldsProps {
  draft: TierDraft;
  onChange: (changes: Partial<TierDraft>) => void;
  problems: TierProblems;
  /** A tier that exists keeps its id. */
  isNew: boolean;
  children?: ReactNode;
}

/** Every value of a tier, with its unit in the input. */
export function TierFields({ draft, onChange, problems, isNew, children }: TierFieldsProps) {
  const input = (field: TierField, label: string, placeholder: string) => (
    <Field
      key={field}
      label={label}
      placeholder={placeholder}
      maxLength={field === "name" ? 81 : 60}
      spellCheck={false}
      value={draft[field]}
      problem={problems[field] ?? null}
      onChange={(event) => onChange({ [field]: event.target.value })}
    />
  );
  return (
    <>
      <div className="field-pair">
        {input("name", "Name", "such as Gold")}
        {isNew ? input("id", "Id, for addresses and files", "such as gold") : null}
      </div>
      <div className="field">
        <span className="label">Model</span>
        <Segments
          label="Isolation model"
          segments={MODEL_SEGMENTS}
          value={MODELS.find((one) => one === draft.model) ?? "bridge"}
          onChange={(model) => onChange({ model })}
        />
      </div>
      {GROUPS.map(({ title, note, fields }) => (
        <fieldset key={title} className="tier-group">
          <legend>{title}</legend>
          <p className="tone-muted">{note}</p>
          <div className="field-pair">{fields.map(([field, label, placeholder]) => input(field, label, placeholder))}</div>
        </fieldset>
      ))}
      {children}
    </>
  );
}
