import type { LocatedIssue } from "@/lib/domain/issues";
import { keepDeclared } from "@/lib/domain/keep-declared";
import type { Tenant } from "@/lib/domain/tenant";

/** An override of one cluster is for a cluster where the tenant is: those of the file, and those that stay because the file has none. */
export function checkOverrides(tenant: Tenant, existing: Tenant | undefined, path: readonly PropertyKey[]): LocatedIssue[] {
  const { overrides = [], placements } = keepDeclared(tenant, existing);
  const clusters = new Set(placements.map(({ cluster }) => cluster));
  return [...overrides.entries()].flatMap(([at, { setting, on }]) => {
    const cluster = on?.cluster;
    if (cluster === undefined || clusters.has(cluster)) return [];
    if (tenant.overrides !== undefined) {
      return [{ path: [...path, "overrides", at, "on", "cluster"], message: `the tenant has no placement on "${cluster}"` }];
    }
    const message = `the override of ${setting} on "${cluster}" is declared already, and the tenant would have no placement there; give overrides without it`;
    return [{ path: [...path, "placements"], message }];
  });
}
