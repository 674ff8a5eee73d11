"use client";

import { useQuery } from "@tanstack/react-query";
import { noisyTenantCount } from "@/lib/client/noisy-count";
import { formatCount } from "@/lib/domain/format";

/** How many tenants are noisy now; nothing where nobody is, or where that may not be seen. */
export function NoisyTenants() {
  const { data: count = 0 } = useQuery(noisyTenantCount());
  return count === 0 ? null : (
    <span className="count" title={`${formatCount(count)} noisy now`}>
      {formatCount(count)}
      <span className="visually-hidden"> noisy now</span>
    </span>
  );
}
