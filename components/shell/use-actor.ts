"use client";

import { useQuery } from "@tanstack/react-query";
import { useContext } from "react";
import { useHydrated } from "@/components/ui/use-hydrated";
import { status } from "@/lib/client/status";
import type { ActorView } from "@/lib/domain/views/clusters";
import { FirstActor } from "./first-actor";

/**
 * Who is at this console; undefined: not known yet. A page comes alive in parts, and a newer answer may be there before the last of
 * them: until a part is alive it shows whom the server drew it for.
 */
export function useActor(): ActorView | undefined {
  const first = useContext(FirstActor);
  const isHydrated = useHydrated();
  const { data } = useQuery({ ...status(), select: ({ actor }) => actor });
  return (isHydrated ? data : undefined) ?? first;
}
