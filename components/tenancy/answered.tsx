"use client";

import type { ReactNode } from "react";
import { ErrorState, Notice } from "@/components/ui/notice";
import { ApiError } from "@/lib/client/fetch-json";

/** What a query of react-query says, as far as it is shown. */
interface Answer<T> {
  data: T | undefined;
  error: Error | null;
  refetch: () => unknown;
}

interface AnsweredProps<T> {
  answer: Answer<T>;
  /** What could not be loaded, as a sentence without its end: "The tiers could not be loaded". */
  failed: string;
  /** Stands there until there is an answer. */
  waiting: ReactNode;
  children: (data: T) => ReactNode;
}

/** The main part of a page: waited for, failed, or shown; and said to be old where it could not be renewed. */
export function PageAnswer<T>({ answer: { data, error, refetch }, failed, waiting, children }: AnsweredProps<T>) {
  const retry = () => void refetch();
  if (data === undefined && error !== null) {
    const requestId = error instanceof ApiError ? error.requestId : null;
    return <ErrorState title={failed} message={error.message} requestId={requestId} onRetry={retry} />;
  }
  if (data === undefined) return waiting;
  return (
    <>
      {error === null ? null : (
        <Notice tone="warn" onRetry={retry}>
          Not renewed: {error.message} Shown is what was known before.
        </Notice>
      )}
      {children(data)}
    </>
  );
}

/** One part of a page among others: that it failed takes a line, and what was known before stays below it. */
export function PartAnswer<T>({ answer: { data, error, refetch }, failed, waiting, children }: AnsweredProps<T>) {
  return (
    <>
      {error === null ? null : (
        <Notice tone="warn" onRetry={() => void refetch()}>
          {failed}: {error.message}
        </Notice>
      )}
      {data !== undefined ? children(data) : error === null ? waiting : null}
    </>
  );
}
