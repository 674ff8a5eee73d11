import * as oidc from "openid-client";
import { AppError, isAppError } from "@/lib/domain/errors";
import type { Role } from "@/lib/domain/people/roles";
import { readSecret, refuseSecret, type Secret } from "@/lib/domain/secret";
import { type GroupRoles, roleOfGroups } from "./role-of-groups";

const TIMEOUT_SECONDS = 10;
const NAME_MAX = 120;

export interface SsoSettings {
  issuer: string;
  clientId: string;
  clientSecret: Secret | null;
  /** Beside `openid`. */
  scopes: string;
  /** The claim of the id token that lists groups: `cognito:groups`, `roles`, `groups`. */
  groupClaim: string;
  /** The claim that names the person on the screen and on the record. */
  nameClaim: string;
  groupRoles: GroupRoles;
  /** Where the provider sends the browser back to; of the configured address, never of a request. */
  redirectUri: string;
  /** An issuer without TLS: for tests on this machine only. */
  insecure: boolean;
}

/** What the browser keeps between leaving and coming back. */
export interface SsoJourney {
  state: string;
  nonce: string;
  verifier: string;
  /** The provider was told to ask for a password, or what it has instead, whether somebody is signed in there or not. */
  renews: boolean;
}

/** Whom the provider vouches for. */
export interface SsoPerson {
  /** Issuer and subject. */
  subject: string;
  name: string;
  role: Role;
  /** When they last proved to the provider who they are (ISO); null: it does not tell. */
  provenAt: string | null;
}

interface SsoWish {
  /** Asks for a proof that is not older; where it is, the provider asks anew. */
  maxAgeMs: number;
  /** Asks for a new proof, however old the last one is. */
  renews: boolean;
}

export interface Sso {
  begin: (wish: SsoWish) => Promise<{ location: string; journey: SsoJourney }>;
  /** `query`: what the provider appended to the address. Throws AppError `unauthenticated` or `forbidden`, or `unavailable`. */
  finish: (query: string, journey: SsoJourney) => Promise<SsoPerson>;
}

interface Provider {
  config: oidc.Configuration;
  /** The secret that it was set up with; null: none. */
  secret: string | null;
}

/** Single sign-on by OpenID Connect: authorization code with PKCE, state and nonce. The provider's description is read at first use. */
export function createSso(settings: SsoSettings): Sso {
  let discovered: Promise<Provider> | undefined;
  const provider = async (): Promise<Provider> => {
    discovered ??= setUp(settings);
    try {
      return await discovered;
    } catch (cause) {
      discovered = undefined;
      if (isAppError(cause)) throw cause;
      throw new AppError("unavailable", "The identity provider does not answer. Try again, or sign in with a password.", { cause });
    }
  };
  /** Sets up anew where the provider did not accept the client's secret; null: there is no other secret. */
  const withRotatedSecret = async ({ secret }: Provider): Promise<Provider | null> => {
    if (secret === null || settings.clientSecret === null || typeof settings.clientSecret === "string") return null;
    refuseSecret(settings.clientSecret, secret);
    discovered = undefined;
    const renewed = await provider();
    return renewed.secret === secret ? null : renewed;
  };
  return {
    async begin({ maxAgeMs, renews }) {
      const { config } = await provider();
      const journey = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier(), renews };
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: settings.redirectUri,
        scope: `openid ${settings.scopes}`,
        code_challenge: await oidc.calculatePKCECodeChallenge(journey.verifier),
        code_challenge_method: "S256",
        state: journey.state,
        nonce: journey.nonce,
        // With it the id token has to say when the person signed in there.
        max_age: String(Math.floor(maxAgeMs / 1000)),
        ...(renews ? { prompt: "login" } : {}),
      });
      return { location: url.href, journey };
    },
    async finish(query, journey) {
      const known = await provider();
      const url = new URL(settings.redirectUri);
      url.search = query;
      const tokens = await exchange(known.config, url, journey).catch(async (cause: unknown) => {
        // Providers look at who asks before they look at the code, which is therefore still good.
        const renewed = isRefusedClient(cause) ? await withRotatedSecret(known) : null;
        if (renewed === null) throw notAccepted(cause);
        return exchange(renewed.config, url, journey).catch((again: unknown) => Promise.reject(notAccepted(again)));
      });
      return personOf(tokens.claims(), settings);
    },
  };
}

/** Rejects with AppError `unavailable` where the client's secret cannot be had; why is in its cause, as anybody may come here. */
async function setUp({ issuer, clientId, clientSecret, insecure }: SsoSettings): Promise<Provider> {
  const answer = clientSecret === null ? null : await readSecret(clientSecret);
  if (answer?.ok === false) {
    const cause = new Error(answer.problem.message);
    throw new AppError("unavailable", "The console cannot read its own secret for the identity provider; its log says why.", { cause });
  }
  const secret = answer?.value ?? null;
  const authentication = secret === null ? oidc.None() : oidc.ClientSecretPost(secret);
  // TLS to the provider vouches for the token already; its signature is checked besides.
  const execute = [oidc.enableNonRepudiationChecks, ...(insecure ? [oidc.allowInsecureRequests] : [])];
  const config = await oidc.discovery(new URL(issuer), clientId, {}, authentication, { execute, timeout: TIMEOUT_SECONDS });
  return { config, secret };
}

function exchange(config: oidc.Configuration, url: URL, { state, nonce, verifier }: Omit<SsoJourney, "renews">) {
  return oidc.authorizationCodeGrant(config, url, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
}

function isRefusedClient(error: unknown): boolean {
  return (
    (error instanceof oidc.ResponseBodyError && error.error === "invalid_client") || error instanceof oidc.WWWAuthenticateChallengeError
  );
}

function notAccepted(cause: unknown): AppError {
  return new AppError("unauthenticated", "The answer of the identity provider was not accepted. Begin the sign-in again.", { cause });
}

function personOf(claims: oidc.IDToken | undefined, { groupClaim, nameClaim, groupRoles }: SsoSettings): SsoPerson {
  if (claims === undefined) throw new AppError("unauthenticated", "The identity provider sent no identity.");
  const role = roleOfGroups(claims[groupClaim], groupRoles);
  if (role === null) {
    throw new AppError("forbidden", "You are signed in at your provider, and none of your groups may enter the console. Ask an operator.");
  }
  const name = nameOf(claims[nameClaim]) ?? nameOf(claims.sub) ?? "somebody";
  return { subject: `${claims.iss} ${claims.sub}`, name, role, provenAt: timeOf(claims.auth_time) };
}

/** Of seconds since 1970, as an id token has times. */
function timeOf(seconds: number | undefined): string | null {
  const at = new Date((seconds ?? Number.NaN) * 1000);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** What the record calls somebody or something else; some providers let people choose how they are called. */
const TAKEN = /^(?:the console|local operator|somebody unknown|nobody|token .*)$/;

/** null: it is no name. What cannot be seen, or turns the text around, would make one name look like another. */
function nameOf(claim: unknown): string | null {
  if (typeof claim !== "string") return null;
  const letters = claim.toLowerCase().replaceAll(/\p{C}/gu, "").replaceAll(/\s+/g, " ").trim();
  const name = [...letters].slice(0, NAME_MAX).join("");
  return name === "" || TAKEN.test(name) ? null : name;
}
