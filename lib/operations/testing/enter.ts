import { createPasswords } from "@/lib/enter/passwords";
import { createSignInLimits } from "@/lib/enter/sign-in-limits";
import type { Enter } from "@/lib/operations/context";

/** Sign-in for tests: hashes that cost little, an audit that keeps nothing, and a browser at 10.0.0.1. */
export function enterOf(changes: Partial<Enter> = {}): Enter {
  return {
    signIn: "local",
    ssoLabel: null,
    origin: "http://127.0.0.1:3000",
    idleMs: 3_600_000,
    sessionMs: 86_400_000,
    recentMs: 900_000,
    browser: {
      address: "10.0.0.1",
      userAgent: "test",
      keepSession: () => undefined,
      forgetSession: () => undefined,
      journey: null,
      keepJourney: () => undefined,
    },
    audit: async () => undefined,
    passwords: createPasswords({ N: 2 ** 10, r: 8, p: 1 }),
    limits: createSignInLimits(() => performance.now()),
    sso: null,
    ...changes,
  };
}
