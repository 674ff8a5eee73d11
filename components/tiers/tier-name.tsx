"use client";

import { useQuery } from "@tanstack/react-query";
import { tierDetail } from "@/lib/client/tiers";

/** The tier's name; its id until that is known. */
export function TierName({ tierId }: { tierId: string }) {
  return useQuery(tierDetail(tierId)).data?.tier.name ?? tierId;
}
