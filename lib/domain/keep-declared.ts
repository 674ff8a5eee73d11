import type { Tenant } from "./tenant";

/**
 * A tenant as a file declares it, with what the file leaves unsaid and is declared already: its overrides and who manages it. An empty
 * list of overrides is said: there are none, and then the field is absent.
 */
export function keepDeclared(given: Tenant, existing: Tenant | undefined): Tenant {
  const { overrides = existing?.overrides ?? [], managedElsewhere = existing?.managedElsewhere, ...rest } = given;
  const tenant: Tenant = rest;
  if (overrides.length > 0) tenant.overrides = overrides;
  if (managedElsewhere !== undefined) tenant.managedElsewhere = managedElsewhere;
  return tenant;
}
