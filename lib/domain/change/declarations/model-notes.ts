import { consequence } from "@/lib/domain/change/draft";
import type { Consequence } from "@/lib/domain/change/plan";
import { listed } from "@/lib/domain/change/words";
import { quotaHolders } from "@/lib/domain/declared/quota-holders";
import { formatCountOf } from "@/lib/domain/format";
import type { Redeclared } from "./follow-tenant";

/** A tier is sold for one isolation model; a change of tier moves nobody. And who has no identity gets no rule from any tier. */
export function modelNotes(redeclared: readonly Redeclared[]): Consequence[] {
  const consequences: Consequence[] = [];
  const elsewhere = redeclared.filter(
    ({ after, before }) => after.tier.id !== before.tenant.tier && after.tenant.placements.some(({ model }) => model !== after.tier.model),
  );
  const [first] = elsewhere;
  if (first !== undefined) {
    const { name, model } = first.after.tier;
    const who = listed(elsewhere.map(({ after }) => after.tenant.name));
    const sentence = `${name} is meant for the ${model} model; ${who} ${elsewhere.length === 1 ? "stays where it is" : "stay where they are"}: a change of tier moves no data.`;
    consequences.push(consequence({ class: "note", sentence, detail: "A migration to the other model is a change of its own." }));
  }
  const unruled = redeclared.filter(({ after }) => after.tenant.placements.length > 0 && quotaHolders(after.tenant).holders.length === 0);
  if (unruled.length > 0) {
    const sentence = `${formatCountOf(unruled.length, "tenant")} ${unruled.length === 1 ? "has" : "have"} no principal and no client-id of ${unruled.length === 1 ? "its" : "their"} own, so no quota follows: ${listed(unruled.map(({ after }) => after.tenant.name))}.`;
    consequences.push(consequence({ class: "note", sentence }));
  }
  return consequences;
}
