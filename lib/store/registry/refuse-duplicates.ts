import { AppError, type ErrorDetail } from "@/lib/domain/errors";
import { serviceKey } from "@/lib/domain/principal";
import type { Declarations } from "./import-registry";

/** A second item under the same key would overwrite the first in silence. Throws AppError `invalid` with the place of each. */
export function refuseDuplicates({ tiers, tenants, services }: Declarations): void {
  const details = [
    ...duplicates("tiers", tiers, (tier) => tier.id),
    ...duplicates("tenants", tenants, (tenant) => tenant.id),
    ...duplicates("services", services, serviceKey),
    ...tenants.flatMap((tenant, index) =>
      duplicates(`tenants[${index}].placements`, tenant.placements, (one) => `${one.cluster} / ${one.stream}`),
    ),
  ];
  if (details.length > 0) throw new AppError("invalid", "Some items are declared twice.", { details });
}

function duplicates<T>(path: string, items: readonly T[], keyOf: (item: T) => string): ErrorDetail[] {
  const seen = new Set<string>();
  const details: ErrorDetail[] = [];
  items.forEach((item, index) => {
    const key = keyOf(item);
    if (seen.has(key)) details.push({ path: `${path}[${index}]`, message: `"${key}" is declared twice` });
    seen.add(key);
  });
  return details;
}
