import { formatSpan, formatUtcMinute } from "@/lib/domain/format";
import { UNATTENDED_HEADER } from "@/lib/domain/people/unattended";
import { readSecret, type Secret } from "@/lib/domain/secret";
import { hashToken, isSameSecret } from "@/lib/enter/tokens";
import type { EnterEnv } from "@/lib/env";
import type { Actor } from "@/lib/operations/context";
import { readSession, readSessionEnd, readToken, readTokenEnd, type Store } from "@/lib/store";
import { readClientAddress } from "./client-address";
import { isSecure, readCookie, SESSION_COOKIE } from "./cookies";

/** Without sign-in whoever reaches the console's loopback address operates it. */
export const LOCAL_OPERATOR: Actor = { name: "local operator", role: "operator", kind: "local" };
const NOBODY: Actor = { name: "nobody", role: "nobody", kind: "nobody" };
const PROBE: Actor = { name: "nobody", role: "probe", kind: "nobody" };
/** As the setting itself is held to; what stands in Secrets Manager is seen only here. */
const PROBE_TOKEN_MIN = 16;
const BEARER = /^Bearer ([\w.~+/-]{16,200}=*)$/i;

type Settings = Pick<EnterEnv<Secret>, "signIn" | "baseUrl" | "idleMs" | "probeToken">;

/**
 * Who asks: by the token of a script, else by the session of a browser; role and limits are the stored ones of this moment. A program on
 * this machine, or with the token for it, may watch the console; everybody else is nobody.
 */
export async function actorOf(request: Pick<Request, "headers">, store: Store, settings: Settings, now: Date): Promise<Actor> {
  if (settings.signIn === "off") return cameThroughProxy(request) ? NOBODY : LOCAL_OPERATOR;
  const bearer = BEARER.exec(request.headers.get("authorization") ?? "")?.[1];
  // Whoever shows a token is who the token says, or nobody: never who the cookie says.
  if (bearer !== undefined) return actorOfToken(bearer, store, settings, now);
  const token = readCookie(request.headers, SESSION_COOKIE, isSecure(settings));
  const isUse = request.headers.get(UNATTENDED_HEADER) === null;
  const tokenHash = token === null ? null : hashToken(token);
  const known = tokenHash === null ? null : await readSession(store, tokenHash, now, settings.idleMs, isUse);
  if (known !== null) {
    const { person, session } = known;
    const { id, name, role, limits } = person;
    return { kind: "person", id, name, role, limits, session: { id: session.id, provenAt: session.provenAt } };
  }
  const refusal = tokenHash === null ? null : await sessionRefusal(store, tokenHash, settings, now);
  return { ...(readClientAddress(request.headers).local ? PROBE : NOBODY), ...(refusal === null ? {} : { refusal }) };
}

/** Whoever shows the token of a session that has ended had that session: they may hear why. null: there never was one. */
async function sessionRefusal(store: Store, tokenHash: string, { idleMs }: Settings, now: Date): Promise<string | null> {
  switch (await readSessionEnd(store, tokenHash, now)) {
    case "idle":
      return `You are signed out: nothing was done in this session for ${formatSpan(idleMs)}.`;
    case "over":
      return "You are signed out: the session's time is over.";
    case "ended":
      return "You are signed out: the session was ended.";
    default:
      return null;
  }
}

/** The same for the token of a script. */
async function tokenRefusal(store: Store, tokenHash: string): Promise<string | null> {
  const end = await readTokenEnd(store, tokenHash);
  if (end === null) return null;
  if (end.revoked) return `The token "${end.name}" was revoked.`;
  return `The token "${end.name}" has expired: it worked until ${formatUtcMinute(end.expiresAt)}. An operator makes another one on the page of people.`;
}

/** A proxy on this machine would make whoever reaches it the operator. */
function cameThroughProxy({ headers }: Pick<Request, "headers">): boolean {
  return headers.has("forwarded") || headers.has("via") || isFromElsewhere(readClientAddress(headers));
}

function isFromElsewhere({ address, local }: ReturnType<typeof readClientAddress>): boolean {
  return address !== "unknown" && !local;
}

async function actorOfToken(bearer: string, store: Store, { probeToken }: Settings, now: Date): Promise<Actor> {
  if (await isProbe(bearer, probeToken)) return PROBE;
  const tokenHash = hashToken(bearer);
  const token = await readToken(store, tokenHash, now);
  if (token === null) {
    const refusal = await tokenRefusal(store, tokenHash);
    return refusal === null ? NOBODY : { ...NOBODY, refusal };
  }
  const { id, name, role, limits } = token;
  return { kind: "token", id, name: `token ${name}`, role, limits };
}

/** A wrong token is no reason to ask for the right one anew: anybody can send one. */
async function isProbe(bearer: string, probeToken: Secret | null): Promise<boolean> {
  const expected = probeToken === null ? null : await readSecret(probeToken);
  return expected?.ok === true && expected.value.length >= PROBE_TOKEN_MIN && isSameSecret(bearer, expected.value);
}
