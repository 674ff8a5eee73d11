import type { ReactNode } from "react";
import { ErrorState } from "@/components/ui/notice";
import { ApiError } from "@/lib/client/fetch-json";

interface PageFailedProps {
  error: Error;
  /** The title where what the address names does not exist: "There is no such tenant". */
  missing: string;
  /** Why, where the server's own words are not enough. */
  missingMessage?: string;
  /** The title where it could not be loaded: "The tenant could not be loaded". */
  failed: string;
  onRetry: () => void;
  /** Where to go from here. */
  next: ReactNode;
}

/** Takes the place of a page whose main answer is an error. What does not exist is not asked for again. */
export function PageFailed({ error, missing, missingMessage, failed, onRetry, next }: PageFailedProps) {
  const isMissing = error instanceof ApiError && error.code === "not_found";
  return (
    <ErrorState
      isPage
      title={isMissing ? missing : failed}
      message={isMissing && missingMessage !== undefined ? missingMessage : error.message}
      requestId={error instanceof ApiError ? error.requestId : null}
      {...(isMissing ? {} : { onRetry })}
      next={next}
    />
  );
}
