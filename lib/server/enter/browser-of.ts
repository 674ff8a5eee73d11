import { z } from "zod";
import type { Browser } from "@/lib/operations/context";
import { readClientAddress } from "./client-address";
import { JOURNEY_COOKIE, readCookie, SESSION_COOKIE, setCookie } from "./cookies";

const JOURNEY_SECONDS = 600;
const Journey = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), renews: z.boolean(), returnTo: z.string() });

/** The browser or program behind a request. What it is to keep goes onto the answer as Set-Cookie, in `cookies`. */
export interface AskingBrowser extends Browser {
  cookies: string[];
}

export function browserOf(request: Request, secure: boolean): AskingBrowser {
  const cookies: string[] = [];
  return {
    address: readClientAddress(request.headers).address,
    userAgent: request.headers.get("user-agent"),
    cookies,
    keepSession: (token, lifeMs) => cookies.push(setCookie(SESSION_COOKIE, token, secure, lifeMs / 1000)),
    forgetSession: () => cookies.push(setCookie(SESSION_COOKIE, "", secure, 0)),
    journey: readJourney(readCookie(request.headers, JOURNEY_COOKIE, secure)),
    keepJourney(journey) {
      const value = journey === null ? "" : Buffer.from(JSON.stringify(journey)).toString("base64url");
      cookies.push(setCookie(JOURNEY_COOKIE, value, secure, journey === null ? 0 : JOURNEY_SECONDS));
    },
  };
}

function readJourney(value: string | null): Browser["journey"] {
  if (value === null) return null;
  try {
    return Journey.safeParse(JSON.parse(Buffer.from(value, "base64url").toString())).data ?? null;
  } catch {
    return null;
  }
}

/** What the console does by itself has no browser. */
export const NO_BROWSER: Browser = {
  address: null,
  userAgent: null,
  keepSession: () => undefined,
  forgetSession: () => undefined,
  journey: null,
  keepJourney: () => undefined,
};
