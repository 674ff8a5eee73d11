import { ErrorState, Notice } from "@/components/ui/notice";
import { ApiError } from "@/lib/client/fetch-json";

interface TenantListStateProps {
  error: Error | null;
  /** Rows of an earlier answer are on the screen. */
  shown: boolean;
  onRetry: () => void;
}

/** What went wrong with the list: a filter that cannot be read, nothing at all, or an answer that could not be renewed. */
export function TenantListState({ error, shown, onRetry }: TenantListStateProps) {
  if (error === null) return null;
  if (error instanceof ApiError && error.code === "invalid") return <Notice tone="danger">{error.message}</Notice>;
  if (shown) {
    return (
      <Notice tone="warn" onRetry={onRetry}>
        Not renewed: {error.message} Shown is what was known before.
      </Notice>
    );
  }
  return (
    <ErrorState
      title="The tenants could not be loaded"
      message={error.message}
      requestId={error instanceof ApiError ? error.requestId : null}
      onRetry={onRetry}
    />
  );
}
