import { madeOverride, OVERRIDES_MAX, overrideOperations, withOverrides } from "@/lib/domain/change/declarations/override-change";
import { consequence, type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { LeftOut } from "@/lib/domain/change/plan";
import type { RequestOf } from "@/lib/domain/change/request";
import { noTenant, tenantsOf } from "@/lib/domain/change/resolve-scope";
import { named, nameOrCount } from "@/lib/domain/change/words";
import type { QuotaBasis } from "@/lib/domain/declared/declared-quotas";
import type { DriftItem } from "@/lib/domain/drift/drift-item";
import { formatCountOf } from "@/lib/domain/format";
import { type Override, overrideKey } from "@/lib/domain/override";
import { paths } from "@/lib/domain/paths";
import type { Steps } from "@/lib/domain/steps";
import type { Tenant } from "@/lib/domain/tenant";
import { adoptedScopes, placesOf } from "./adopted-places";
import { brakedNotes } from "./braked-notes";
import { type DriftingTenant, driftingTenant, isMeant, liveDrift } from "./live-drift";
import { unreadNotes } from "./unread-notes";

const SLICE = 25;

/** Declares what clusters have, as overrides: nothing is written to a cluster, and what differed is right from then on. */
export function* planAdopt({ scope, items }: RequestOf<"adopt">, facts: PlanFacts): Steps<Draft> {
  const draft = emptyDraft();
  const { items: states, leftOut, refusals } = tenantsOf(scope, facts);
  draft.leftOut.push(...leftOut);
  draft.refusals.push(...refusals);
  const meant = isMeant(items);
  const names: string[] = [];
  let count = 0;
  for (const [position, state] of states.entries()) {
    const tenant = driftingTenant(state, facts);
    if (tenant === null) draft.refusals.push(noTenant(state.tenant.id));
    else {
      const adopted = adopt(tenant, meant, facts);
      draft.operations.push(...overrideOperations(tenant.basis.tenant, adopted.tenant));
      draft.leftOut.push(...adopted.leftOut, ...brakedNotes(tenant, meant, facts), ...unreadNotes(tenant, facts));
      if (adopted.count > 0) names.push(state.tenant.name);
      count += adopted.count;
    }
    if (position % SLICE === SLICE - 1) yield;
  }
  const who = names.length > 0 ? names : states.map(({ tenant }) => tenant.name);
  draft.title = `Declare what the clusters have for ${nameOrCount(who, "tenant")}: ${formatCountOf(count, "value")}`;
  if (count > 0) {
    const sentence = `Nothing is written to a cluster: ${formatCountOf(draft.operations.length, "override")} say that what is there is meant, whatever the tiers promise.`;
    draft.consequences.push(consequence({ class: "note", sentence }));
  }
  return draft;
}

interface Adopted {
  tenant: Tenant;
  /** Values that are declared then. */
  count: number;
  leftOut: LeftOut[];
}

/** Overrides that are over go on first, without an end; what still differs then is declared as it is. */
function adopt({ state, basis, items }: DriftingTenant, meant: (item: DriftItem) => boolean, facts: PlanFacts): Adopted {
  const over = items.filter((item) => item.kind === "override-over" && meant(item));
  const kept = withOverrides(basis.tenant, prolonged(basis.tenant, over, facts));
  const now: QuotaBasis = { ...basis, tenant: kept };
  const all = over.length === 0 ? items : liveDrift(now, facts);
  const drifting = all.filter((item) => item.kind !== "override-over" && meant(item));
  const changes = new Map<string, Override>();
  const adopted: Adopted = { tenant: kept, count: over.length, leftOut: [] };
  const scopes = adoptedScopes(placesOf(state, now, facts), drifting, all);
  for (const [{ setting, live, key }, on] of scopes) {
    const override = live === undefined ? null : madeOverride({ setting, value: live, on }, facts);
    if (override === null)
      adopted.leftOut.push(
        notDeclarable(
          basis.tenant,
          drifting.find((item) => item.key === key),
        ),
      );
    else {
      adopted.count += 1;
      changes.set(overrideKey(override), override);
    }
  }
  adopted.tenant = withOverrides(kept, changes);
  const total = adopted.tenant.overrides?.length ?? 0;
  return total <= OVERRIDES_MAX ? adopted : { tenant: basis.tenant, count: 0, leftOut: [tooMany(basis.tenant, total)] };
}

function prolonged({ overrides = [] }: Tenant, over: readonly DriftItem[], facts: PlanFacts): Map<string, Override> {
  const keys = new Set(over.flatMap(({ target }) => (target.kind === "override" ? [overrideKey(target)] : [])));
  return new Map(
    overrides.flatMap((one): [string, Override][] => {
      if (!keys.has(overrideKey(one))) return [];
      const again = madeOverride({ setting: one.setting, value: one.value, on: one.on }, facts);
      return again === null ? [] : [[overrideKey(one), again]];
    }),
  );
}

function notDeclarable({ id, name }: Tenant, item: DriftItem | undefined): LeftOut {
  const what = item === undefined ? "A value" : `${item.name} of ${named(item.resource)} is ${item.live ?? "not set"}, which`;
  return { subject: name, tenantId: id, reason: `${what} cannot be declared. Bring it back, or change it first.`, link: null };
}

function tooMany({ id, name }: Tenant, total: number): LeftOut {
  const reason = `It would have ${total} overrides; ${OVERRIDES_MAX} are the most. Adopt fewer values, or give all its topics one value first.`;
  return { subject: name, tenantId: id, reason, link: { label: name, href: paths.tenant(id, "topics") } };
}
