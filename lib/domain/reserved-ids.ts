/** Ids that an address of the console takes already: `/tenants/change/quota` and `/tiers/new` are forms. */
const RESERVED = { tenant: ["change"], tier: ["new"] } as const satisfies Record<string, readonly string[]>;
export type NamedKind = keyof typeof RESERVED;

/** Why nothing of this kind can have the id; null: it can. */
export function reservedId(kind: NamedKind, id: string): string | null {
  const ids: readonly string[] = RESERVED[kind];
  return ids.includes(id) ? `the id "${id}" is kept for an address of the console, so no ${kind} can have it; choose another` : null;
}
