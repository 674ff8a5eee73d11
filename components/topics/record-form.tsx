"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { LookInput } from "@/lib/client/records";
import type { ErrorDetail } from "@/lib/domain/errors";

type Place = Omit<LookInput, "topic">;

interface RecordFormProps {
  /** null: not known. */
  partitions: number | null;
  busy: boolean;
  /** What the server found wrong, by field. */
  problems: readonly ErrorDetail[];
  onLook: (place: Place) => void;
}

const NUMBER = /^\d{1,19}$/;

/** Asks for a place in the log: a partition, and the offset to begin at. */
export function RecordForm({ partitions, busy, problems, onLook }: RecordFormProps) {
  const [partition, setPartition] = useState("");
  const [offset, setOffset] = useState("");
  const [asked, setAsked] = useState<Place | null>(null);
  const [tried, setTried] = useState(false);
  const wrong = { partition: wrongPartition(partition.trim(), partitions), offset: wrongOffset(offset.trim()) };
  // What the server said is of what was asked, and no longer true once something else is typed.
  const isAsked = asked !== null && String(asked.partition) === partition.trim() && (asked.offset ?? "") === offset.trim();
  const said = (field: "partition" | "offset", label: string) => {
    if (tried && wrong[field] !== null) return wrong[field];
    const detail = isAsked ? problems.find(({ path }) => path === field) : undefined;
    return detail === undefined ? null : `${label} ${detail.message}.`;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong.partition !== null || wrong.offset !== null) return;
    const place = { partition: Number(partition.trim()), ...(offset.trim() === "" ? {} : { offset: offset.trim() }) };
    setAsked(place);
    onLook(place);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Field
        label="Partition"
        inputMode="numeric"
        mono
        value={partition}
        onChange={(event) => setPartition(event.target.value)}
        problem={said("partition", "The partition")}
      />
      <Field
        label="From offset"
        inputMode="numeric"
        mono
        placeholder="newest"
        value={offset}
        onChange={(event) => setOffset(event.target.value)}
        problem={said("offset", "The offset")}
      />
      <Button type="submit" disabled={busy}>
        Show from there
      </Button>
    </form>
  );
}

function wrongPartition(text: string, partitions: number | null): string | null {
  const last = partitions === null ? null : partitions - 1;
  const range = last === null ? "A number from 0 on." : last === 0 ? "There is partition 0 alone." : `A number from 0 to ${last}.`;
  return NUMBER.test(text) && Number(text) <= (last ?? 2_147_483_647) ? null : range;
}

function wrongOffset(text: string): string | null {
  return text === "" || NUMBER.test(text) ? null : "A number from 0 on, or nothing for the newest.";
}
