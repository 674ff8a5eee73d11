import { type MutationOptions, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { LinkView, SignedInView, SignInView } from "@/lib/domain/views/people";
import { apiPath, fetchJson, postJson } from "./fetch-json";
import { signedOut } from "./signed-out";

/** A wrong password is the form's to tell, and no session that has ended. */
const ENTERS = { meta: { enters: true } } as const;

/** How one enters this console. */
export function signInWays() {
  return queryOptions({
    queryKey: ["sign-in"],
    queryFn: ({ signal }) => fetchJson<SignInView>("/api/sign-in", { signal }),
    staleTime: 60_000,
    ...ENTERS,
  });
}

export interface Credentials {
  name: string;
  password: string;
}

/** Signs in, and asks anew for everything that was refused meanwhile. */
export function signIn(client: QueryClient): MutationOptions<SignedInView, Error, Credentials> {
  return mutationOptions({
    mutationFn: (credentials: Credentials) => postJson<SignedInView>("/api/sign-in", credentials),
    onSuccess: () => entered(client),
    ...ENTERS,
  });
}

/** Everything on the page belongs to whoever is signed in now. */
export function entered(client: QueryClient): Promise<void> {
  signedOut.over();
  return client.invalidateQueries();
}

export function signOut(client: QueryClient): MutationOptions<unknown, Error, void> {
  return mutationOptions({
    mutationFn: () => postJson("/api/sign-out", {}),
    onSuccess: () => client.clear(),
  });
}

/** Where the browser goes for single sign-on, and comes back from. */
export function ssoPath(returnTo: string): string {
  return apiPath("/api/sign-in/sso", { returnTo });
}

/** What a one-time link is for. */
export function linkAbout(token: string) {
  return queryOptions({
    queryKey: ["link", token],
    queryFn: ({ signal }) => postJson<LinkView>("/api/links/look", { token }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    ...ENTERS,
  });
}

export interface LinkInput {
  token: string;
  name?: string;
  password: string;
}

export function applyLink(): MutationOptions<SignedInView, Error, LinkInput> {
  return mutationOptions({ mutationFn: (input: LinkInput) => postJson<SignedInView>("/api/links", input), ...ENTERS });
}
