import { ROLES, type Role } from "./context";

/** Tiers, usage, cost and their CSV. */
export const EVERYONE: readonly Role[] = ROLES;
/** Tenants, topics, groups, access, findings. */
export const SUPPORT: readonly Role[] = ["support", "operator"];
/** Whatever changes something. */
export const OPERATOR: readonly Role[] = ["operator"];
