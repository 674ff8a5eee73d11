"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useId, useState } from "react";
import { FilterChip } from "@/components/ui/filter-chip";
import { TextInput } from "@/components/ui/text-input";
import { search } from "@/lib/client/search";
import type { IsolationView } from "@/lib/domain/views/isolation";

interface TenantPickerProps {
  tenant: IsolationView["tenant"];
  onChange: (tenantId: string | null) => void;
}

/** Chooses the tenant whose capabilities are shown: words find tenants by name or id, and a chosen one is a chip. */
export function TenantPicker({ tenant, onChange }: TenantPickerProps) {
  const [words, setWords] = useState("");
  const asked = useDeferredValue(words.trim());
  const { data, isPlaceholderData } = useQuery(search(asked));
  // Words that were sent before their answer was there: the tenant is taken once it is.
  const [sent, setSent] = useState<string | null>(null);
  const listId = useId();
  const found = (data?.hits ?? []).filter(({ kind }) => kind === "tenant").map(({ href, title }) => ({ id: idIn(href), name: title }));
  const isAnswered = data !== undefined && !isPlaceholderData && asked === words.trim();
  const choose = (tenantId: string) => {
    setWords("");
    setSent(null);
    onChange(tenantId);
  };
  const type = (text: string) => {
    setWords(text);
    setSent(null);
    const chosen = found.find(({ id, name }) => text === id || text === name);
    if (chosen !== undefined) choose(chosen.id);
  };
  const first = found[0];
  const isMissed = sent !== null && isAnswered && first === undefined;
  useEffect(() => {
    if (sent !== null && sent === asked && isAnswered && first !== undefined) choose(first.id);
  });
  if (tenant !== null) return <FilterChip text={`Tenant: ${tenant.name}`} onRemove={() => onChange(null)} />;
  return (
    <form
      className="tenant-picker"
      onSubmit={(event) => {
        event.preventDefault();
        if (words.trim() !== "") setSent(words.trim());
      }}
    >
      <label htmlFor={`${listId}-input`}>In force for</label>
      <span className="input">
        <TextInput
          id={`${listId}-input`}
          type="search"
          list={listId}
          placeholder="a tenant’s name or id"
          value={words}
          aria-describedby={isMissed ? `${listId}-missed` : undefined}
          onChange={(event) => type(event.target.value)}
        />
      </span>
      {isMissed ? (
        <span id={`${listId}-missed`} role="status">
          No tenant is called that.
        </span>
      ) : null}
      <datalist id={listId}>
        {found.map(({ id, name }) => (
          <option key={id} value={id} label={name} />
        ))}
      </datalist>
    </form>
  );
}

/** Search answers with pages; a tenant's page ends in its id. */
function idIn(href: string): string {
  return decodeURIComponent(href.split("/").at(-1) ?? "");
}
