"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SectionHead } from "@/components/ui/section";
import { type Column, DataTable } from "@/components/ui/table";
import { TextInput } from "@/components/ui/text-input";
import { Time } from "@/components/ui/time";
import { savePrices } from "@/lib/client/cost";
import { formatPrice } from "@/lib/domain/cost/cost-words";
import { formatCountOf } from "@/lib/domain/format";
import type { PriceRegion } from "@/lib/domain/views/cost";
import { draftOf, type PriceDraft, parsePrices } from "./price-draft";

type Item = PriceRegion["items"][number];

/** The prices of one region: those in force, and for who may change them a box for each of their own. */
export function RegionPrices({ region: { region, clusters, items, set }, mayChange }: { region: PriceRegion; mayChange: boolean }) {
  const [draft, setDraft] = useState<PriceDraft>(() => draftOf(items));
  const [all, setAll] = useState(false);
  const shown = all ? items : items.filter(({ used, from }) => used || from === "set");
  const change = (key: string, text: string) => setDraft((before) => ({ ...before, [key]: text }));
  return (
    <section aria-labelledby={`prices-${region}`}>
      <SectionHead
        id={`prices-${region}`}
        title={region}
        note={clusters === 0 ? "no cluster of the fleet" : formatCountOf(clusters, "cluster")}
        actions={
          <Button kind="quiet" onClick={() => setAll(!all)} aria-pressed={all}>
            {all ? "Only what is used" : `All ${items.length} prices`}
          </Button>
        }
      />
      {shown.length === 0 ? (
        <p className="tone-muted">No cluster of the fleet is billed here.</p>
      ) : (
        <DataTable
          caption={`Prices in ${region}`}
          columns={columnsOf(draft, mayChange ? change : null)}
          rows={shown}
          rowKey={({ key }) => key}
        />
      )}
      {mayChange && shown.length > 0 ? <SaveForm region={region} draft={draft} before={draftOf(items)} /> : null}
      {set.length === 0 ? null : (
        <ul className="price-sets">
          {set.map(({ by, at, reason }) => (
            <li key={at}>
              <Time at={at} /> <bdi>{by}</bdi>: <bdi>{reason}</bdi>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function columnsOf(draft: PriceDraft, change: ((key: string, text: string) => void) | null): Column<Item>[] {
  const columns: Column<Item>[] = [
    { key: "label", head: "Price", className: "name", cell: ({ label }) => label },
    { key: "unit", head: "A", cell: ({ unit }) => unit },
    {
      key: "listed",
      head: "AWS",
      align: "right",
      cell: ({ listed, unconfirmed }) =>
        listed === null ? (
          <span className="tone-faint">no figure</span>
        ) : (
          <span title={unconfirmed ? "Not confirmed on AWS's own page" : undefined}>
            {formatPrice(listed)}
            {unconfirmed ? <span className="tone-faint"> unconfirmed</span> : null}
          </span>
        ),
    },
    {
      key: "force",
      head: "In force",
      align: "right",
      cell: ({ dollars, from }) =>
        dollars === null ? (
          <span className="tone-faint">no price set</span>
        ) : (
          <span>
            {formatPrice(dollars)} <span className="tone-faint">{from === "set" ? "set" : "AWS"}</span>
          </span>
        ),
    },
  ];
  if (change === null) return columns;
  return [
    ...columns,
    {
      key: "own",
      head: "Your price",
      align: "right",
      cell: ({ key, label }) => (
        <span className="input price-input">
          <TextInput
            inputMode="decimal"
            aria-label={`Your price: ${label}`}
            value={draft[key] ?? ""}
            onChange={(event) => change(key, event.target.value)}
          />
        </span>
      ),
    },
  ];
}

function SaveForm({ region, draft, before }: { region: string; draft: PriceDraft; before: PriceDraft }) {
  const [reason, setReason] = useState("");
  const mutation = useMutation(savePrices(useQueryClient()));
  const parsed = parsePrices(draft);
  const changed = Object.keys({ ...draft, ...before }).some((key) => (draft[key] ?? "").trim() !== (before[key] ?? ""));
  if (!changed) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (parsed.prices !== null) mutation.mutate({ region, prices: parsed.prices, reason: reason.trim() });
  };
  return (
    <form className="price-form" onSubmit={submit}>
      <Field
        label="Reason"
        maxLength={500}
        required
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        hint="Kept with your name. An empty box means AWS's figure, or no price where there is none."
      />
      {parsed.problem === null ? null : (
        <p className="tone-danger" role="alert">
          {parsed.problem}
        </p>
      )}
      {mutation.error ? (
        <p className="tone-danger" role="alert">
          {mutation.error.message}
        </p>
      ) : null}
      <Button type="submit" kind="primary" disabled={mutation.isPending || parsed.prices === null || reason.trim() === ""}>
        Set prices of {region}
      </Button>
    </form>
  );
}
