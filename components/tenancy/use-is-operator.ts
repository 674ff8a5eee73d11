"use client";

import { useQuery } from "@tanstack/react-query";
import { status } from "@/lib/client/status";
import { may } from "@/lib/domain/people/roles";

/** Whether the person may change things. The screen only mirrors what the server checks. */
export function useIsOperator(): boolean {
  const { data } = useQuery({ ...status(), select: ({ actor }) => may(actor.role, "operate") });
  return data ?? false;
}
