"use client";

import { useQuery } from "@tanstack/react-query";
import { status } from "@/lib/client/status";

/** Whether the person may change things. The screen only mirrors what the server checks. */
export function useIsOperator(): boolean {
  const { data } = useQuery({ ...status(), select: ({ actor }) => actor.role === "operator" });
  return data ?? false;
}
