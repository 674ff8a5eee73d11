export { createPasswords, type Passwords } from "./passwords";
export { createSignInLimits, type SignInLimits } from "./sign-in-limits";
export { createSso, type Sso, type SsoJourney } from "./sso";
