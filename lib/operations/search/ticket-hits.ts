import type { FleetSnapshot } from "@/lib/domain/fleet";
import { ownerOfClientId, ownerOfPrincipal } from "@/lib/domain/owner";
import { paths } from "@/lib/domain/paths";
import type { Owner } from "@/lib/domain/views/common";
import type { Hit } from "./best-hits";

/** Names of Kafka and of the console, as they stand in a line of a log. */
const NAME = /[A-Za-z0-9][A-Za-z0-9._-]{1,248}/g;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/;
const OWN_NAME = "its own name";
/** How the subtitle of a ticket begins that a tenant's own name led to. */
export const BY_OWN_NAME = `by ${OWN_NAME}`;
const AROUND_MS = 15 * 60_000;
const TOKENS_MAX = 60;

/**
 * Whose a pasted text is: a topic, group, client-id, principal or tenant it names leads to that tenant's ticket, at the time that stands
 * in the text if there is one. The first that is named comes first; what several tenants share leads to none of them.
 */
export function ticketHits(fleet: FleetSnapshot, text: string, max: number): Hit[] {
  const times = momentOf(text);
  const found = new Map<string, Hit>();
  for (const name of tokensOf(text)) {
    for (const { tenantId, by } of ownersOf(fleet, name)) {
      const state = fleet.tenants.get(tenantId);
      if (state === undefined || found.has(tenantId)) continue;
      const when = times === null ? "" : ` · at ${times.from.slice(0, 16).replace("T", " ")} UTC and after`;
      found.set(tenantId, {
        kind: "ticket",
        title: `Ticket of ${state.tenant.name}`,
        subtitle: `by ${by}${when}`,
        href: paths.ticket(tenantId, times ?? {}),
      });
      if (found.size >= max) return [...found.values()];
    }
  }
  return [...found.values()];
}

function tokensOf(text: string): string[] {
  const names = [...text.matchAll(NAME)].map(([name]) => name);
  // Logs write a partition as its topic's name and a number.
  const whole = names.flatMap((name) => [name, name.replace(/[.,:]+$/, ""), name.replace(/-\d+$/, "")]);
  return [...new Set(whole)].slice(0, TOKENS_MAX);
}

function* ownersOf(fleet: FleetSnapshot, name: string): Generator<{ tenantId: string; by: string }> {
  const lower = name.toLowerCase();
  for (const { tenant } of fleet.tenants.values()) {
    if (tenant.id === lower || tenant.name.toLowerCase() === lower) yield { tenantId: tenant.id, by: OWN_NAME };
  }
  for (const [clusterId, topics] of fleet.topics) {
    const owner = topics.get(name)?.owner ?? fleet.groups.get(clusterId)?.get(name)?.owner;
    const what = topics.has(name) ? "topic" : "group";
    if (owner !== undefined) yield* single(owner, `${what} ${name}`);
    yield* single(ownerOfPrincipal(fleet.owners, clusterId, name).owner, `principal ${name}`);
    yield* single(ownerOfClientId(fleet.owners, clusterId, name).owner, `client-id ${name}`);
  }
}

function* single(owner: Owner, by: string): Generator<{ tenantId: string; by: string }> {
  if (owner.kind === "tenant") yield { tenantId: owner.tenantId, by };
}

/** A time without a zone is taken as UTC, as brokers log it. */
function momentOf(text: string): { from: string; to: string } | null {
  const [found] = TIME.exec(text) ?? [];
  if (found === undefined) return null;
  const iso = found.replace(" ", "T").replace(",", ".");
  const atMs = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`);
  if (Number.isNaN(atMs)) return null;
  return { from: new Date(atMs - AROUND_MS).toISOString(), to: new Date(atMs + AROUND_MS).toISOString() };
}
