"use client";

import { useQuery } from "@tanstack/react-query";
import { useHydrated } from "@/components/ui/use-hydrated";
import { status } from "@/lib/client/status";
import { may } from "@/lib/domain/people/roles";

/** Whether the person may see what a change would do. The screen only mirrors what the server checks. */
export function useMayPlan(): boolean {
  const isHydrated = useHydrated();
  const { data } = useQuery({ ...status(), select: ({ actor }) => may(actor.role, "tenants") });
  return isHydrated && (data ?? false);
}
