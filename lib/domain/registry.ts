import type { PriceSet } from "./cost/price-list";
import type { ServicePrincipal } from "./principal";
import type { Tenant } from "./tenant";
import type { Tier } from "./tier";

/** What operators declared: the console's own truth, as against what the clusters show. */
export interface Registry {
  /** Changes with every import that changed something. */
  version: number;
  tiers: Tier[];
  tenants: Tenant[];
  services: ServicePrincipal[];
  /** What operators set instead of AWS's public prices, the newest of each region. */
  prices?: PriceSet[];
}
