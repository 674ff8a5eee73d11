"use client";

import { useId } from "react";
import { Field } from "@/components/ui/field";
import type { Access } from "@/lib/client/people";
import { PERMISSIONS, ROLES, type Role } from "@/lib/domain/people/roles";

/** What the fields hold; ids by commas or spaces. */
export interface AccessDraft {
  role: Role;
  tenants: string;
  tiers: string;
  clusters: string;
}

export function draftOf({ role, limits }: Access): AccessDraft {
  const words = (ids: readonly string[] | undefined) => ids?.join(", ") ?? "";
  return { role, tenants: words(limits?.tenants), tiers: words(limits?.tiers), clusters: words(limits?.clusters) };
}

export function accessOf({ role, tenants, tiers, clusters }: AccessDraft): Access {
  const limits = { tenants: ids(tenants), tiers: ids(tiers), clusters: ids(clusters) };
  return { role, limits: limits.tenants.length + limits.tiers.length + limits.clusters.length === 0 ? null : limits };
}

function ids(text: string): string[] {
  return text.split(/[\s,]+/).filter((id) => id !== "");
}

interface AccessFieldsProps {
  value: AccessDraft;
  onChange: (value: AccessDraft) => void;
}

/** A role, what it may, and what it is limited to. */
export function AccessFields({ value, onChange }: AccessFieldsProps) {
  const id = useId();
  const words = Object.values(PERMISSIONS)
    .filter(({ roles }) => (roles as readonly Role[]).includes(value.role))
    .map((permission) => permission.words);
  const limit = (key: "tenants" | "tiers" | "clusters", label: string, hint: string) => (
    <Field
      label={label}
      mono
      spellCheck={false}
      autoCapitalize="off"
      placeholder="all"
      hint={hint}
      value={value[key]}
      onChange={(event) => onChange({ ...value, [key]: event.target.value })}
    />
  );
  return (
    <>
      <div className="field">
        <label htmlFor={id}>Role</label>
        <select
          id={id}
          className="select"
          value={value.role}
          aria-describedby={`${id}-says`}
          onChange={(event) => onChange({ ...value, role: ROLES.find((role) => role === event.target.value) ?? value.role })}
        >
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {role}
            </option>
          ))}
        </select>
        <p id={`${id}-says`} className="tone-muted">
          Reaches {words.join("; ")}.
        </p>
      </div>
      {limit("tenants", "Limited to tenants", "Ids by commas. Tenants and tiers add up; empty: no limit.")}
      {limit("tiers", "Limited to tiers", "Every tenant of these tiers.")}
      {limit("clusters", "Limited to clusters", "Tenants that stand on these and nowhere else.")}
    </>
  );
}
