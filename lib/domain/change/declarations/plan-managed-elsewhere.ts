import { declarationsOf } from "@/lib/domain/change/basis";
import { canonicalJson } from "@/lib/domain/change/canonical-json";
import { consequence, type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { RequestOf } from "@/lib/domain/change/request";
import { noTenant } from "@/lib/domain/change/resolve-scope";
import { named } from "@/lib/domain/change/words";
import { paths } from "@/lib/domain/paths";

/** Who changes a tenant's rules and topics instead of the console; null: the console does. */
export function planManagedElsewhere({ tenantId, by }: RequestOf<"managed-elsewhere">, facts: PlanFacts): Draft {
  const draft = emptyDraft();
  const tenant = declarationsOf(facts).tenants.get(tenantId);
  const name = named(tenant?.name ?? tenantId);
  draft.title = by === null ? `Manage ${name} here` : `Leave ${name} to ${named(by)}`;
  if (tenant === undefined) {
    draft.refusals.push({ ...noTenant(tenantId), field: "tenantId" });
    return draft;
  }
  const now = tenant.managedElsewhere ?? null;
  if (now === by) return draft;
  const text = (who: string | null) => (who === null ? null : canonicalJson(who));
  const target = { kind: "managed-elsewhere" as const, tenantId };
  draft.operations.push({ target, before: text(now), after: text(by), phase: "declare", unit: `tenant:${tenantId}`, note: null });
  const sentence =
    by === null
      ? `Changes of ${name} are carried out from here again.`
      : `Changes of ${name} are planned here and not carried out: each plan gives the text to put into ${named(by)}.`;
  draft.consequences.push(
    consequence({ class: "note", sentence, tenantId, links: [{ label: tenant.name, href: paths.tenant(tenantId) }] }),
  );
  return draft;
}
