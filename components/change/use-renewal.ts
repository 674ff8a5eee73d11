"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { renewAfterChange } from "@/lib/client/changes";
import { isFinished } from "@/lib/domain/change/operation";
import type { ChangeDetail } from "@/lib/domain/views/changes";

/** Once the change is finished, what it may have altered is asked for anew. */
export function useRenewal(change: ChangeDetail | undefined): void {
  const client = useQueryClient();
  const wasOpen = useRef(false);
  const finished = change !== undefined && isFinished(change.state);
  useEffect(() => {
    if (change !== undefined && !finished) wasOpen.current = true;
    if (!finished || !wasOpen.current) return;
    wasOpen.current = false;
    void renewAfterChange(client);
  }, [client, change, finished]);
}
