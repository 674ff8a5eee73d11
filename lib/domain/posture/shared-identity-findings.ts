import type { Steps } from "@/lib/domain/steps";
import { affects, listed } from "./affected";
import type { PostureInput, Report } from "./posture";

/** A name by which Kafka knows clients, and the tenants that have it. */
interface Identity {
  kind: "principal" | "client-id";
  name: string;
  tenantIds: readonly string[];
}

const SLICE = 2000;
/** Beyond these it is a way of declaring and no single slip: the rest is counted. */
const TOLD_MAX = 20;

/** Principals and client-ids that several tenants declare as theirs, and nobody as a service: nothing can tell these tenants apart. */
export function* sharedIdentityFindings({ fleet, cluster }: PostureInput, report: Report): Steps<void> {
  const known = fleet.owners.clusters.get(cluster.clusterId);
  if (known === undefined) return;
  const shared: Identity[] = [];
  let done = 0;
  for (const kind of ["principal", "client-id"] as const) {
    for (const [name, { tenantIds }] of kind === "principal" ? known.principals : known.clientIds) {
      if (tenantIds.length > 1 && !(kind === "principal" && known.services.has(name))) shared.push({ kind, name, tenantIds });
      done += 1;
      if (done % SLICE === 0) yield;
    }
  }
  for (const identity of shared.slice(0, TOLD_MAX)) tell(identity, shared.length, report);
}

function tell({ kind, name, tenantIds }: Identity, all: number, report: Report): void {
  const more = all > TOLD_MAX ? ` So it is with ${all - 1} more.` : "";
  report.find({
    rule: "isolation.shared-principal",
    severity: "warn",
    sentence: `${listed(tenantIds)} have one ${kind}, ${name}, that is no service: no rule or quota on it can tell them apart.${more}`,
    evidence: { [kind === "principal" ? "principal" : "clientId"]: name, ...affects(tenantIds) },
    tenantId: null,
    subject: `${kind} ${name}`,
  });
}
