"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { type PlanFactsRef, planOf } from "@/lib/client/changes";
import type { PlanView } from "@/lib/domain/change/plan";
import type { ChangeRequest } from "@/lib/domain/change/request";
import { useSettled } from "./use-settled";

/** Planning follows the typing so closely; it asks the console only, not Kafka. */
const TYPING_MS = 150;
/** After a pause of this length the brokers are asked what they would say. */
const PAUSE_MS = 800;

export interface Planned {
  /** The last plan there is; see `current`. */
  plan: PlanView | undefined;
  /** Whether it is the plan of what is given now, and not of what was given a moment ago. */
  current: boolean;
  error: Error | null;
  /** The brokers are being asked. */
  validating: boolean;
  /** Reads the live state anew and plans on that. */
  readAgain: () => void;
}

interface Reading {
  facts: PlanFactsRef;
  reading: number;
}

/** Plans while a person types. null: nothing to plan. With `validate` the brokers are asked once the typing pauses. */
export function usePlan(request: ChangeRequest | null, validate: boolean): Planned {
  const [{ facts, reading }, setReading] = useState<Reading>({ facts: { id: null }, reading: 0 });
  const given = request === null ? null : JSON.stringify(request);
  const settled = useSettled(given, TYPING_MS);
  const paused = useSettled(given, PAUSE_MS);
  const [asked, ask] = useState(settled);
  const quick = useQuery(planOf(useRequest(asked), facts, { validate: false, reading }));
  // The live state is read once: while that is under way, what is typed waits for its facts.
  if (asked !== settled && !(quick.isFetching && facts.id === null)) ask(settled);
  const isOpen = (plan: PlanView) => plan.operations.length > 0 && plan.refusals.length === 0 && plan.patch?.whole !== true;
  const worthAsking =
    validate &&
    paused !== null &&
    paused === given &&
    paused === asked &&
    quick.isSuccess &&
    !quick.isPlaceholderData &&
    isOpen(quick.data);
  const checkedOptions = planOf(useRequest(paused), facts, { validate: true, reading });
  const checked = useQuery({ ...checkedOptions, enabled: worthAsking });
  const isChecked = worthAsking && checked.isSuccess && !checked.isPlaceholderData;
  const readAgain = useCallback(() => {
    setReading((last) => ({ facts: { id: null }, reading: last.reading + 1 }));
  }, []);
  return {
    plan: isChecked ? checked.data : quick.data,
    current: given !== null && given === asked && quick.isSuccess && !quick.isPlaceholderData,
    error: quick.error ?? (worthAsking ? checked.error : null),
    validating: worthAsking && checked.isFetching,
    readAgain,
  };
}

function useRequest(text: string | null): ChangeRequest | null {
  return useMemo(() => (text === null ? null : (JSON.parse(text) as ChangeRequest)), [text]);
}
