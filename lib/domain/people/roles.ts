export const ROLES = ["product", "support", "operator"] as const;
export type Role = (typeof ROLES)[number];

/**
 * Whoever may ask: a role; `probe`, a program that watches the console itself, on this machine or with the token for it; `nobody`,
 * who has not signed in.
 */
export const ASKERS = ["nobody", "probe", ...ROLES] as const;
export type Asker = (typeof ASKERS)[number];

/** What each role may do. The server checks it at every operation, the screens mirror it, and docs/security.md shows it. */
export const PERMISSIONS = {
  usage: { words: "tiers, usage and cost", roles: ROLES },
  tenants: { words: "tenants, topics, groups, access, findings, changes and their plans", roles: ["support", "operator"] },
  operate: { words: "changes, tiers, acknowledgements and imports", roles: ["operator"] },
  people: { words: "people, tokens and the audit", roles: ["operator"] },
} as const satisfies Record<string, { words: string; roles: readonly Role[] }>;
export type Permission = keyof typeof PERMISSIONS;

/** What is everybody's, and therefore asks for a role without limits besides. */
export const WHOLE_PERMISSIONS = {
  sizes: { words: "what-ifs of a whole cluster", within: "usage" },
  promises: { words: "what tiers promise", within: "tenants" },
  shared: { words: "prices and imports", within: "operate" },
} as const satisfies Record<string, { words: string; within: Permission }>;
export type WholePermission = keyof typeof WHOLE_PERMISSIONS;

export function may(role: Asker, permission: Permission): boolean {
  return (PERMISSIONS[permission].roles as readonly Asker[]).includes(role);
}

interface Actor {
  role: Role;
  /** What the role is limited to, in words; null: nothing. */
  limited: string | null;
}

/** Why somebody may not, and who may: for what is closed on a screen. null: they may. */
export function whyClosed({ role, limited }: Actor, permission: Permission | WholePermission): string | null {
  const isWhole = permission in WHOLE_PERMISSIONS;
  const { words, roles } = isWhole ? wholePermission(permission as WholePermission) : PERMISSIONS[permission as Permission];
  if (!(roles as readonly Role[]).includes(role)) return `Your role, ${role}, does not reach ${words}: that is for ${roles.join(" and ")}.`;
  const needsWhole = isWhole || permission === "people";
  if (limited !== null && needsWhole) return `Your role is limited to ${limited}; for ${words} it takes a role without limits.`;
  return null;
}

function wholePermission(permission: WholePermission): { words: string; roles: readonly Role[] } {
  const { words, within } = WHOLE_PERMISSIONS[permission];
  return { words, roles: PERMISSIONS[within].roles };
}

/** The page that somebody begins with. */
export function homeOf(role: Role): string {
  return may(role, "tenants") ? "/" : "/tiers";
}
