import { declarationsOf } from "@/lib/domain/change/basis";
import { canonicalJson } from "@/lib/domain/change/canonical-json";
import { consequence, type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { RequestOf } from "@/lib/domain/change/request";
import { named } from "@/lib/domain/change/words";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { Tier } from "@/lib/domain/tier";
import { noTier } from "./plan-tier";

/** Closes a tier to new tenants, or opens it again. Those that are on it stay, with all that it promises. */
export function planTierArchive({ tierId, archived }: RequestOf<"tier-archive">, facts: PlanFacts): Draft {
  const draft = emptyDraft();
  const before = declarationsOf(facts).tiers.get(tierId);
  draft.title = archived ? `Archive ${named(before?.name ?? tierId)}` : `Take ${named(before?.name ?? tierId)} out of the archive`;
  if (before === undefined) {
    draft.refusals.push(noTier(tierId));
    return draft;
  }
  const { archived: _, ...open } = before;
  const after: Tier = archived ? { ...open, archived: true } : open;
  const values = { before: canonicalJson(before), after: canonicalJson(after) };
  if (values.before === values.after) return draft;
  draft.operations.push({ target: { kind: "tier", tierId }, ...values, phase: "declare", unit: `tier:${tierId}`, note: null });
  const count = facts.registry.tenants.filter(({ tier }) => tier === tierId).length;
  const links = [{ label: `Tenants of ${before.name}`, href: paths.tenants({ q: `tier:${tierId}` }) }];
  const stay =
    count === 0
      ? "No tenant is on it."
      : `${formatCountOf(count, "tenant")} ${count === 1 ? "stays" : "stay"} on it, with what it promises.`;
  const sentence = archived
    ? `No tenant can be put on ${named(before.name)} any more. ${stay}`
    : `Tenants can be put on ${named(before.name)} again.`;
  draft.consequences.push(consequence({ class: "note", sentence, links }));
  draft.typeName = tierId;
  return draft;
}
