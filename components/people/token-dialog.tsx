"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { State } from "@/components/ui/state";
import { createToken } from "@/lib/client/people";
import { type AccessDraft, AccessFields, accessOf } from "./access-fields";

const EMPTY: AccessDraft = { role: "product", tenants: "", tiers: "", clusters: "" };
const DAYS_MAX = 366;

/** Makes a token, and shows it this once. */
export function TokenDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [days, setDays] = useState("90");
  const [access, setAccess] = useState(EMPTY);
  const mutation = useMutation(createToken(useQueryClient()));
  const count = Number(days);
  const daysFault = Number.isInteger(count) && count >= 1 && count <= DAYS_MAX ? null : `A whole number from 1 to ${DAYS_MAX}.`;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutation.mutate({ name, days: count, ...accessOf(access) });
  };
  if (mutation.data !== undefined) {
    return (
      <Dialog open onClose={onClose} title="Token">
        <div className="handed">
          <p>It is not shown again: only its fingerprint is kept. It has the rights of its role for whoever holds it.</p>
          <code className="secret">{mutation.data.token}</code>
          <CopyButton text={mutation.data.token} what="token" label="Copy token" />
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title="New token">
      <form className="people-form" onSubmit={submit}>
        <Field label="Name" maxLength={80} hint="What uses it." value={name} onChange={(event) => setName(event.target.value)} />
        <Field
          label="Works for, days"
          inputMode="numeric"
          problem={daysFault}
          value={days}
          onChange={(event) => setDays(event.target.value)}
        />
        <AccessFields value={access} onChange={setAccess} />
        {mutation.error === null ? null : (
          <p role="alert">
            <State tone="danger">{mutation.error.message}</State>
          </p>
        )}
        <div className="form-buttons">
          <Button type="submit" kind="primary" disabled={mutation.isPending || name.trim() === "" || daysFault !== null}>
            Make a token
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
