import type { LocatedIssue } from "@/lib/domain/issues";
import type { Placement } from "@/lib/domain/placement";
import type { ServicePrincipal } from "@/lib/domain/principal";
import { principalKey } from "@/lib/domain/principal-name";

export interface PrincipalClaims {
  add: (placement: Placement, tenantId: string, path: PropertyKey[] | null) => void;
  /** Principals that two tenants call their own, or that are declared a service as well. */
  conflicts: () => LocatedIssue[];
}

interface Claim {
  tenantId: string;
  name: string;
  path: PropertyKey[] | null;
}

/** Gathers which tenant calls which principal its own. A principal that serves many is declared under `services`, with no tenant. */
export function createPrincipalClaims(services: readonly ServicePrincipal[]): PrincipalClaims {
  const roles = new Map(services.map(({ cluster, principal, role }) => [`${cluster} ${principalKey(principal)}`, role]));
  const first = new Map<string, Claim>();
  const issues: LocatedIssue[] = [];
  return {
    add({ cluster, principals }, tenantId, path) {
      for (const [at, principal] of principals.entries()) {
        const key = `${cluster} ${principalKey(principal)}`;
        const claim: Claim = { tenantId, name: principal.name, path: path === null ? null : [...path, at, "name"] };
        const role = roles.get(key);
        if (role !== undefined && claim.path !== null) {
          issues.push({
            path: claim.path,
            message: `"${principal.name}" is declared as ${words(role)} on ${cluster}; it cannot be this tenant's own`,
          });
        }
        const before = first.get(key);
        if (before === undefined) first.set(key, claim);
        else if (before.tenantId !== tenantId) issues.push(...shared(before, claim, cluster));
      }
    },
    conflicts: () => issues,
  };
}

function shared(before: Claim, claim: Claim, cluster: string): LocatedIssue[] {
  const [here, other] = claim.path === null ? [before, claim] : [claim, before];
  if (here.path === null) return [];
  const message = `"${here.name}" is also a principal of the tenant "${other.tenantId}" on ${cluster}; a principal that serves several belongs under services`;
  return [{ path: here.path, message }];
}

function words(role: ServicePrincipal["role"]): string {
  return role === "ours" ? "ours" : "a service";
}
