"use client";

import { useQuery } from "@tanstack/react-query";
import { useHydrated } from "@/components/ui/use-hydrated";
import { status } from "@/lib/client/status";
import { type Permission, type WholePermission, whyClosed } from "@/lib/domain/people/roles";

/** Why the person may not, and who may; null: they may, or it is not known yet who is here. The screen only mirrors what the server checks. */
export function useWhyClosed(permission: Permission | WholePermission): string | null {
  const isHydrated = useHydrated();
  const { data } = useQuery({ ...status(), select: ({ actor }) => whyClosed(actor, permission) });
  return isHydrated ? (data ?? null) : null;
}
