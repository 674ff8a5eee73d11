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

export function may(role: Asker, permission: Permission): boolean {
  return (PERMISSIONS[permission].roles as readonly Asker[]).includes(role);
}

/** Why a role may not, and who may: for what is disabled on a screen. */
export function whyNot(role: Role, permission: Permission): string {
  const { words, roles } = PERMISSIONS[permission];
  return `Your role, ${role}, does not reach ${words}. ${capital(roles.join(" and "))} may.`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
