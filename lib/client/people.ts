import { type MutationOptions, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { RoleLimits } from "@/lib/domain/people/role-limits";
import type { Role } from "@/lib/domain/people/roles";
import type { AccountView, HandedLink, NewTokenView, PeopleView, PersonView, SessionList, TokenList } from "@/lib/domain/views/people";
import { fetchJson, postJson } from "./fetch-json";
import { SLOW_MS } from "./query-client";

const part = encodeURIComponent;

export function peopleList() {
  return queryOptions({
    queryKey: ["people"],
    queryFn: ({ signal }) => fetchJson<PeopleView>("/api/people", { signal }),
    refetchInterval: SLOW_MS,
  });
}

export function tokenList() {
  return queryOptions({
    queryKey: ["people", "tokens"],
    queryFn: ({ signal }) => fetchJson<TokenList>("/api/tokens", { signal }),
    refetchInterval: SLOW_MS,
  });
}

export function personSessions(personId: string) {
  return queryOptions({
    queryKey: ["people", personId, "sessions"],
    queryFn: ({ signal }) => fetchJson<SessionList>(`/api/people/${part(personId)}/sessions`, { signal }),
  });
}

/** Who is signed in, and where else. */
export function account() {
  return queryOptions({
    queryKey: ["account"],
    queryFn: ({ signal }) => fetchJson<AccountView>("/api/account", { signal }),
  });
}

const renew = (client: QueryClient) => (): Promise<void> =>
  client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === "people" || queryKey[0] === "account" });

export interface Access {
  role: Role;
  limits: RoleLimits | null;
}

export function invitePerson(client: QueryClient): MutationOptions<HandedLink, Error, Access> {
  return mutationOptions({
    mutationFn: (access: Access) => postJson<HandedLink>("/api/people/invitations", access),
    onSuccess: renew(client),
  });
}

export function withdrawInvitation(client: QueryClient): MutationOptions<unknown, Error, string> {
  return mutationOptions({
    mutationFn: (id: string) => fetchJson(`/api/people/invitations/${part(id)}`, { method: "DELETE" }),
    onSuccess: renew(client),
  });
}

export type PersonChange = Partial<Access> & { disabled?: boolean };

export function changePerson(client: QueryClient, personId: string): MutationOptions<PersonView, Error, PersonChange> {
  return mutationOptions({
    mutationFn: (change: PersonChange) =>
      fetchJson<PersonView>(`/api/people/${part(personId)}`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(change),
      }),
    onSuccess: renew(client),
  });
}

export function resetPassword(client: QueryClient, personId: string): MutationOptions<HandedLink, Error, void> {
  return mutationOptions({
    mutationFn: () => postJson<HandedLink>(`/api/people/${part(personId)}/reset`, {}),
    onSuccess: renew(client),
  });
}

export function endSession(client: QueryClient): MutationOptions<unknown, Error, string> {
  return mutationOptions({
    mutationFn: (id: string) => fetchJson(`/api/sessions/${part(id)}`, { method: "DELETE" }),
    onSuccess: renew(client),
  });
}

export function changePassword(client: QueryClient): MutationOptions<unknown, Error, { present: string; next: string }> {
  return mutationOptions({
    mutationFn: (input: { present: string; next: string }) => postJson("/api/account/password", input),
    onSuccess: renew(client),
  });
}

export interface TokenInput extends Access {
  name: string;
  days: number;
}

export function createToken(client: QueryClient): MutationOptions<NewTokenView, Error, TokenInput> {
  return mutationOptions({
    mutationFn: (input: TokenInput) => postJson<NewTokenView>("/api/tokens", input),
    onSuccess: renew(client),
  });
}

export function revokeToken(client: QueryClient): MutationOptions<unknown, Error, string> {
  return mutationOptions({
    mutationFn: (id: string) => fetchJson(`/api/tokens/${part(id)}`, { method: "DELETE" }),
    onSuccess: renew(client),
  });
}
