"use client";

import { useQuery } from "@tanstack/react-query";
import { useHydrated } from "@/components/ui/use-hydrated";
import { status } from "@/lib/client/status";
import type { StatusView } from "@/lib/domain/views/clusters";

/**
 * Who is at this console; undefined: not known yet. A page comes alive in parts, and the answer may be there before the last of them:
 * until a part is alive it shows what the server drew, which knows nobody.
 */
export function useActor(): StatusView["actor"] | undefined {
  const isHydrated = useHydrated();
  const { data } = useQuery({ ...status(), select: ({ actor }) => actor });
  return isHydrated ? data : undefined;
}
