import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { ChangeRequest } from "@/lib/domain/change/request";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { RoleLimits } from "@/lib/domain/people/role-limits";
import type { Context } from "@/lib/operations/context";
import { covers, factsNeeded } from "./facts-needed";
import { type GatheredFacts, gatherFacts } from "./gather-facts";

/** Facts of a form that somebody has open. Older ones are read anew: what a person decides on must not be stale for long. */
const KEPT_MS = 10 * 60_000;
/** Each holds on to the fleet and the snapshots of its moment. */
const KEPT_MAX = 12;

export interface KeptFacts extends GatheredFacts {
  id: string;
  /** What the role of whoever they were read for was limited to: for nobody else are they enough. */
  limits: RoleLimits | null;
}

const kept = new Map<string, KeptFacts>();

/** The facts a form holds already, where they are enough for the request; else they are read. */
export async function factsFor(context: Context, request: ChangeRequest, factsId: string | undefined): Promise<KeptFacts> {
  const held = findFacts(context, factsId);
  if (held !== null && isEnough(held, request, context.fleet())) return held;
  const { limits = null } = context.actor;
  const gathered: KeptFacts = { ...(await gatherFacts(context, request)), id: randomUUID(), limits };
  keep(context, gathered);
  return gathered;
}

/** null: gone, too old, or read for somebody who sees something else. */
export function findFacts(context: Context, factsId: string | undefined): KeptFacts | null {
  const held = factsId === undefined ? undefined : kept.get(factsId);
  if (held === undefined || isStale(context, held.facts.at)) return null;
  return isDeepStrictEqual(held.limits, context.actor.limits ?? null) ? held : null;
}

function isEnough({ facts, need }: KeptFacts, request: ChangeRequest, fleet: FleetSnapshot): boolean {
  if (request.kind === "revert" && facts.reverted?.id !== request.changeId) return false;
  const operations = request.kind === "revert" ? (facts.reverted?.operations ?? []) : [];
  return covers(need, factsNeeded(request, fleet, operations));
}

function keep(context: Context, facts: KeptFacts): void {
  kept.set(facts.id, facts);
  for (const [id, { facts: held }] of kept) if (kept.size > KEPT_MAX || isStale(context, held.at)) kept.delete(id);
}

function isStale(context: Context, at: string): boolean {
  return context.now().getTime() - Date.parse(at) > KEPT_MS;
}
