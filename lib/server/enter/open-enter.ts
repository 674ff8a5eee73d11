import type { AuditEntry } from "@/lib/domain/people/audit";
import type { Secret } from "@/lib/domain/secret";
import { createPasswords, createSignInLimits, createSso } from "@/lib/enter";
import { BASE_PATH, type EnterEnv, type OidcEnv } from "@/lib/env";
import type { Enter } from "@/lib/operations/context";
import { log } from "@/lib/server/log";
import { appendAudit, type Store } from "@/lib/store";

/** What is the same for everybody who asks. */
export type OpenEnter = Omit<Enter, "browser">;

export const CALLBACK = "/api/sign-in/sso/callback";

/** Makes what sign-in needs, once in a process. `port`: where the server listens, for links without a configured address. */
export function openEnter(settings: EnterEnv<Secret>, store: Store, port: string): OpenEnter {
  const { signIn, oidc, idleMs, sessionMs, recentMs } = settings;
  const origin = `${settings.baseUrl ?? `http://127.0.0.1:${port}`}${BASE_PATH}`;
  return {
    signIn,
    ssoLabel: oidc?.label ?? null,
    origin,
    idleMs,
    sessionMs,
    recentMs,
    audit: (entry) => keep(store, entry),
    passwords: createPasswords(),
    limits: createSignInLimits(() => performance.now()),
    sso: oidc === null ? null : createSso(ssoSettings(oidc, origin)),
  };
}

/** The store first: what is not stored has not been said. The line is for whoever collects the logs. */
async function keep(store: Store, entry: AuditEntry): Promise<void> {
  await appendAudit(store, entry);
  log().info({ audit: entry }, "audit");
}

function ssoSettings({ label: _label, ...oidc }: OidcEnv<Secret>, origin: string) {
  return { ...oidc, redirectUri: `${origin}${CALLBACK}`, insecure: oidc.issuer.startsWith("http://") };
}
