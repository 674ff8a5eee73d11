export { createPasswords, type Passwords } from "./passwords";
export type { GroupRoles } from "./role-of-groups";
export { createSignInLimits, type SignInLimits } from "./sign-in-limits";
export { createSso, type Sso, type SsoJourney, type SsoSettings } from "./sso";
export { hashToken, isSameSecret, newToken } from "./tokens";
