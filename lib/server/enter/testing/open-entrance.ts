import type { AuditEntry } from "@/lib/domain/people/audit";
import type { RoleLimits } from "@/lib/domain/people/role-limits";
import type { Role } from "@/lib/domain/people/roles";
import { createPasswords, createSignInLimits, type Sso } from "@/lib/enter";
import { newToken } from "@/lib/enter/tokens";
import { OPERATIONS } from "@/lib/operations/all";
import type { Context } from "@/lib/operations/context";
import type { Operation } from "@/lib/operations/define";
import { limitContext } from "@/lib/operations/limit-context";
import { getOpenApi } from "@/lib/operations/openapi/get-openapi";
import { contextOf } from "@/lib/operations/testing/context";
import { actorOf } from "@/lib/server/enter/actor-of";
import { browserOf } from "@/lib/server/enter/browser-of";
import { type ClientAddress, clientHeader } from "@/lib/server/enter/client-address";
import { firstOperatorLink } from "@/lib/server/enter/first-operator";
import { routeFor } from "@/lib/server/handler";
import { appendAudit, createPerson, createSession, createToken, openStore, type Store } from "@/lib/store";

const ORIGIN = "http://127.0.0.1:3000";
const FAR: ClientAddress = { address: "203.0.113.7", local: false };
const DAY_MS = 86_400_000;

export interface Ask {
  /** A text or a stream as it is, anything else as JSON. */
  body?: unknown;
  cookie?: string | null;
  headers?: Record<string, string>;
  from?: ClientAddress;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: never;
  /** The session's cookie that it sets, as a browser sends it back; null: none. */
  cookie: string | null;
}

export interface Entrance {
  store: Store;
  audit: AuditEntry[];
  /** The console's time, which tests set forward. */
  clock: { ms: number };
  ask: (method: string, path: string, ask?: Ask) => Promise<Answer>;
  /** With a body as it comes. */
  askStream: (method: string, path: string, body: ReadableStream) => Promise<Answer>;
  /** Somebody with this role who is signed in: the cookie. */
  enter: (name: string, role: Role, limits?: RoleLimits | null) => Promise<string>;
  token: (name: string, role: Role, limits?: RoleLimits | null) => Promise<string>;
  firstLink: () => Promise<string>;
  close: () => Promise<void>;
}

interface Settings {
  context?: Partial<Context>;
  fleets?: Parameters<typeof contextOf>[0];
  sso?: Sso;
  store?: Store;
  passwords?: Parameters<typeof createPasswords>[0];
}

/** The console's API with sign-in, on a store in memory and on no cluster: requests go the whole way from guard to answer. */
export async function openEntrance(settings: Settings = {}): Promise<Entrance> {
  const store = settings.store ?? (await openStore({ memory: true }));
  const audit: AuditEntry[] = [];
  const clock = { ms: Date.now() };
  const now = () => new Date(clock.ms);
  const enter = {
    signIn: settings.sso === undefined ? ("local" as const) : ("both" as const),
    ssoLabel: settings.sso === undefined ? null : "test",
    origin: ORIGIN,
    idleMs: 8 * 3_600_000,
    sessionMs: DAY_MS,
    recentMs: 900_000,
    audit: async (entry: AuditEntry) => {
      await appendAudit(store, entry);
      audit.push(entry);
    },
    passwords: createPasswords(settings.passwords ?? { N: 2 ** 10, r: 8, p: 1 }),
    limits: createSignInLimits(() => clock.ms),
    sso: settings.sso ?? null,
  };
  const operations: readonly Operation[] = [...OPERATIONS, getOpenApi];
  const ask = async (method: string, path: string, { body, cookie, headers = {}, from = FAR }: Ask = {}): Promise<Answer> => {
    const url = new URL(path, ORIGIN);
    const matched = operations.map((operation) => ({ operation, params: match(operation, method, url.pathname) })).find(isMatch);
    if (matched === undefined) throw new Error(`no operation at ${method} ${path}`);
    const [name, value] = clientHeader(from);
    const request = new Request(url, {
      method,
      headers: {
        host: "127.0.0.1:3000",
        [name]: value,
        ...(cookie === undefined || cookie === null ? {} : { cookie, ...(method === "GET" ? {} : { origin: ORIGIN }) }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...bodyOf(body),
    });
    const makeContext = async (requestId: string, asked: Request) => {
      const actor = await actorOf(
        asked,
        store,
        { signIn: "local", baseUrl: null, idleMs: enter.idleMs, probeToken: "probe-token-of-16" },
        now(),
      );
      const browser = browserOf(asked, false);
      const context = contextOf(settings.fleets, { actor, requestId, now, store, enter: { ...enter, browser }, ...settings.context });
      return { ...(actor.limits ? limitContext(context, actor.limits) : context), cookies: browser.cookies };
    };
    const response = await routeFor(matched.operation, makeContext)(request, { params: Promise.resolve(matched.params) });
    return answerOf(response);
  };
  return {
    store,
    audit,
    clock,
    ask,
    askStream: (method, path, body) => ask(method, path, { body }),
    async enter(name, role, limits = null) {
      const person = await createPerson(store, { id: `id-${name}`, name, role, limits, passwordHash: null, ssoSubject: null }, now());
      const { token, hash } = newToken();
      const session = { id: `session-${name}`, tokenHash: hash, personId: person.id, expiresAt: new Date(clock.ms + DAY_MS) };
      await createSession(store, { ...session, method: "password", provenAt: now(), address: "203.0.113.7", userAgent: null }, now());
      return `console_session=${token}`;
    },
    async token(name, role, limits = null) {
      const { token, hash } = newToken("tcm_");
      const about = {
        id: `token-${name}`,
        name,
        role,
        limits,
        createdBy: "test",
        createdById: null,
        expiresAt: new Date(clock.ms + DAY_MS),
      };
      await createToken(store, { ...about, tokenHash: hash }, now());
      return token;
    },
    async firstLink() {
      const link = await firstOperatorLink(enter, store, now());
      if (link === null) throw new Error("somebody can sign in already");
      return link.split("#").at(-1) ?? "";
    },
    close: () => store.close(),
  };
}

function bodyOf(body: unknown): RequestInit {
  if (body === undefined) return {};
  if (body instanceof ReadableStream) return { body, duplex: "half" } as RequestInit;
  return { body: typeof body === "string" ? body : JSON.stringify(body) };
}

type Params = Record<string, string>;

function isMatch(one: { operation: Operation; params: Params | null }): one is { operation: Operation; params: Params } {
  return one.params !== null;
}

/** Fixed parts before parameters, as Next routes. */
function match({ method, path }: Operation, asked: string, pathname: string): Params | null {
  if (method !== asked) return null;
  const wanted = path.split("/");
  const given = pathname.split("/");
  if (wanted.length !== given.length) return null;
  const params: Params = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith("{")) params[part.slice(1, -1)] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return params;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") && text !== "";
  const session = response.headers.getSetCookie().find((cookie) => cookie.startsWith("console_session="));
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: (isJson ? JSON.parse(text) : null) as never,
    cookie: session?.split(";")[0] ?? null,
  };
}
