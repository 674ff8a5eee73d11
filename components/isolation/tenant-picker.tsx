"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useId, useState } from "react";
import { FilterChip } from "@/components/ui/filter-chip";
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
  const { data } = useQuery(search(asked));
  const listId = useId();
  const found = (data?.hits ?? []).filter(({ kind }) => kind === "tenant").map(({ href, title }) => ({ id: idIn(href), name: title }));
  const take = (text: string) => {
    setWords(text);
    const chosen = found.find(({ id, name }) => text === id || text === name);
    if (chosen === undefined) return;
    setWords("");
    onChange(chosen.id);
  };
  if (tenant !== null) return <FilterChip text={`Tenant: ${tenant.name}`} onRemove={() => onChange(null)} />;
  return (
    <form
      className="tenant-picker"
      onSubmit={(event) => {
        event.preventDefault();
        if (found[0] !== undefined && words.trim() !== "") take(found[0].id);
      }}
    >
      <label htmlFor={`${listId}-input`}>In force for</label>
      <span className="input">
        <input
          id={`${listId}-input`}
          type="search"
          list={listId}
          autoComplete="off"
          placeholder="a tenant’s name or id"
          value={words}
          onChange={(event) => take(event.target.value)}
        />
      </span>
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
