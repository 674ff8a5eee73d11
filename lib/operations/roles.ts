import { type Asker, PERMISSIONS, ROLES, type Role } from "@/lib/domain/people/roles";

/** Whoever asks, signed in or not. */
export const ANYONE: readonly Asker[] = ["nobody", "probe", ...ROLES];
/** Whoever is signed in, and programs that watch the console. */
export const WATCHERS: readonly Asker[] = ["probe", ...ROLES];
/** Tiers, usage, cost and their CSV. */
export const EVERYONE: readonly Role[] = PERMISSIONS.usage.roles;
/** Tenants, topics, groups, access, findings. */
export const SUPPORT: readonly Role[] = PERMISSIONS.tenants.roles;
/** Whatever changes something. */
export const OPERATOR: readonly Role[] = PERMISSIONS.operate.roles;
/** People, tokens, the audit. */
export const PEOPLE: readonly Role[] = PERMISSIONS.people.roles;
