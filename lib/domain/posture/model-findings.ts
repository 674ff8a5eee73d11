import { advise } from "@/lib/domain/advisor/advise";
import { needsOfTenant } from "@/lib/domain/advisor/tenant-needs";
import { modelsOf } from "@/lib/domain/compare/live-models";
import type { Finding } from "@/lib/domain/conditions/condition";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { Steps } from "@/lib/domain/steps";
import { affects, listed } from "./affected";

const SLICE = 100;

/** Tenants none of whose models gives what they are declared to need; of several models one is enough, for the stream that needs it. */
export function* unfitFindings(fleet: FleetSnapshot): Steps<Finding[]> {
  const findings: Finding[] = [];
  let done = 0;
  for (const state of fleet.tenants.values()) {
    done += 1;
    if (done % SLICE === 0) yield;
    const models = modelsOf(state);
    if (state.tenant.requirements === undefined || models.length === 0) continue;
    const { fits, recommended } = advise(needsOfTenant(state));
    const own = fits.filter(({ model }) => models.includes(model));
    if (own.some(({ level }) => level !== "no")) continue;
    const unmet = [...new Set(own.flatMap(({ reasons }) => reasons.filter(({ verdict }) => verdict === "no").map(({ need }) => need)))];
    findings.push({
      rule: "isolation.model-unfit",
      severity: "warn",
      sentence: `${listed(models)} cannot give what it is declared to need: ${unmet.join(", ")}. ${recommended === null ? "No model gives all of it." : `A ${recommended} would fit.`}`,
      evidence: { models: models.join(", "), unmet: unmet.join(", "), recommended, ...affects([state.tenant.id]) },
      tenantId: state.tenant.id,
      clusterId: null,
      subject: "model",
    });
  }
  return findings;
}
