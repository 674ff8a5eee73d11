import { ButtonLink } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/notice";
import { ApiError } from "@/lib/client/fetch-json";
import { paths } from "@/lib/domain/paths";

/** Stands in the place of a tier that does not exist or could not be loaded. */
export function TierFailed({ tierId, error, onRetry }: { tierId: string; error: Error; onRetry: () => void }) {
  const missing = error instanceof ApiError && error.code === "not_found";
  return (
    <ErrorState
      title={missing ? "There is no such tier" : "The tier could not be loaded"}
      message={missing ? `No tier has the id “${tierId}”.` : error.message}
      requestId={error instanceof ApiError ? error.requestId : null}
      {...(missing ? {} : { onRetry })}
      next={<ButtonLink href={paths.tiers()}>All tiers</ButtonLink>}
    />
  );
}
