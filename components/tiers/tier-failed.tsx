import { PageFailed } from "@/components/tenancy/page-failed";
import { ButtonLink } from "@/components/ui/button";
import { paths } from "@/lib/domain/paths";

/** Stands in the place of a tier that does not exist or could not be loaded. */
export function TierFailed({ tierId, error, onRetry }: { tierId: string; error: Error; onRetry: () => void }) {
  return (
    <PageFailed
      error={error}
      missing="There is no such tier"
      missingMessage={`No tier has the id “${tierId}”.`}
      failed="The tier could not be loaded"
      onRetry={onRetry}
      next={<ButtonLink href={paths.tiers()}>All tiers</ButtonLink>}
    />
  );
}
