import { ButtonLink } from "@/components/ui/button";
import { paths } from "@/lib/domain/paths";
import { PageFailed } from "./page-failed";

/** Stands in the place of a tenant that does not exist or could not be loaded. */
export function TenantFailed({ tenantId, error, onRetry }: { tenantId: string; error: Error; onRetry: () => void }) {
  return (
    <PageFailed
      error={error}
      missing="There is no such tenant"
      missingMessage={`No tenant has the id “${tenantId}”. It may have been written wrong, or was never imported.`}
      failed="The tenant could not be loaded"
      onRetry={onRetry}
      next={<ButtonLink href={paths.tenants()}>All tenants</ButtonLink>}
    />
  );
}
