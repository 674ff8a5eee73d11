import { ButtonLink } from "@/components/ui/button";
import { paths } from "@/lib/domain/paths";
import { PageFailed } from "./page-failed";

/** Stands in the place of a topic that does not exist or could not be loaded. */
export function TopicFailed({ clusterId, error, onRetry }: { clusterId: string; error: Error; onRetry: () => void }) {
  return (
    <PageFailed
      error={error}
      missing="There is no such topic"
      failed="The topic could not be loaded"
      onRetry={onRetry}
      next={<ButtonLink href={paths.topics(clusterId)}>All topics</ButtonLink>}
    />
  );
}
