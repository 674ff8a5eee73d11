import type { PlanFacts } from "@/lib/domain/change/facts";
import type { LeftOut } from "@/lib/domain/change/plan";
import { listed } from "@/lib/domain/change/words";
import type { DriftItem } from "@/lib/domain/drift/drift-item";
import { paths } from "@/lib/domain/paths";
import { brakedDrift, type DriftingTenant } from "./live-drift";

/** What a brake has set is neither declared nor brought back: it goes by itself. */
export function brakedNotes({ basis }: DriftingTenant, meant: (item: DriftItem) => boolean, facts: PlanFacts): LeftOut[] {
  const { id, name } = basis.tenant;
  const brake = facts.brakes.get(id);
  const braked = brakedDrift(basis, facts).filter(meant);
  if (brake === undefined || braked.length === 0) return [];
  const values = listed(braked.map(({ name: key, resource }) => `${key} of ${resource}`));
  const reason = `A brake has set ${values} until ${brake.until}; what was there before is put back then. Release the brake first.`;
  return [{ subject: name, tenantId: id, reason, link: { label: `Change ${brake.changeId}`, href: paths.change(brake.changeId) } }];
}
